package browser_test

import (
	"fmt"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/internal/shapes"
)

// faults goes through all steps, or forty of them, and returns what is not visible on one screen.
const faults = parts + `
	scrollTo(0, 0);
	const outer = part("picture").getBoundingClientRect();
	const slider = part("slider"), faults = [];
	const fits = (low, high, rects) => {
		const first = Math.min(...rects.map(r => r[low])), last = Math.max(...rects.map(r => r[high]));
		return last - first > outer[high] - outer[low] || first > outer[low] - 1 && last < outer[high] + 1;
	};
	const last = Number(slider.max), stride = Math.ceil(last / 40);
	for (let i = 0; i <= last; i += stride) {
		slider.value = i;
		slider.dispatchEvent(new Event("input"));
		const label = part("label").textContent;
		const fault = text => faults.push(label + ": " + text);
		for (const name of ["picture", "next", "slider", "say"]) {
			const {top, bottom} = part(name).getBoundingClientRect();
			if (top < 0 || bottom > innerHeight) fault(name + " ends at " + bottom);
		}
		const all = css => [...part("picture").querySelectorAll(css)].map(e => e.getBoundingClientRect());
		const ends = all(".from, .to");
		if (ends.length > 0 && !(fits("left", "right", ends) && fits("top", "bottom", ends))) {
			fault("an end of the edge is not visible");
		}
		const seen = all(".node").filter(r => r.left < outer.right && r.right > outer.left &&
			r.top < outer.bottom && r.bottom > outer.top);
		if (seen.length === 0) fault("no node is visible");
		for (const words of all(".edge-label")) {
			if (!fits("left", "right", [...ends, words]) || !fits("top", "bottom", [...ends, words])) {
				fault("the words beside the edge are not visible");
			}
			const away = all(".box").map(r => Math.max(r.left - words.right,
				words.left - r.right, r.top - words.bottom, words.top - r.bottom));
			if (Math.min(...away) < 2) fault("the words are " + Math.min(...away) + " away from a node");
		}
	}
	return faults`

// One screen shows the picture, the buttons and the sentence of each step, on a telephone, a tablet and a
// desktop. Both ends of the edge are visible if they fit into the picture, and so are the words beside it,
// which touch no node.
func TestPageScreen(t *testing.T) {
	p := pageTab{browser.New(t), t}
	graphs := map[string]func() *gradus.Value{
		"network": func() *gradus.Value { return shapes.Layered(3, 6, 5, 2) },
	}
	for _, name := range []string{"tutorial-A", "diamond", "doubled-twice", "doubled-often", "layers"} {
		graphs[name] = shapes.Pages()[name]
	}
	for name, graph := range graphs {
		p.show(graph())
		for _, size := range [][2]int{{390, 844}, {820, 1180}, {1280, 800}} {
			p.Resize(size[0], size[1], "light")
			for _, order := range []string{"backward", "naive"} {
				p.Click("[value=" + order + "]")
				if found := browser.Eval[[]string](p.Tab, faults); len(found) > 0 {
					t.Errorf("%s, %d × %d, %s: faults: %d, such as %q",
						name, size[0], size[1], order, len(found), found[:min(3, len(found))])
				}
			}
		}
	}
	p.Offline()
}

// On a telephone as on a desktop, only the picture and the tables scroll sideways.
func TestPageWidths(t *testing.T) {
	p := pageTab{browser.New(t), t}
	for name, graph := range shapes.Pages() {
		p.show(graph())
		for _, width := range []int{360, 800, 1400} {
			p.Resize(width, 900, "light")
			for _, button := range []string{"first", "last"} {
				p.Click(part(button))
				if got := browser.Eval[int](p.Tab, `return document.documentElement.scrollWidth`); got > width {
					t.Errorf("%s: at %d pixels the page is %d wide (%s)", name, width, got, button)
				}
			}
		}
	}
}

// WCAG 2.2 AA, as far as a program can tell.
func TestPageAccessibility(t *testing.T) {
	p := pageTab{browser.New(t), t}
	for _, name := range []string{"tutorial-A", "doubled-twice", "hostile", "constants"} {
		p.show(shapes.Pages()[name]())
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{390, 1280} {
				p.Resize(width, 900, scheme)
				for _, css := range []string{part("first"), "[value=naive]", part("last"), "[value=backward]"} {
					p.Click(css)
					where := fmt.Sprintf("%s, %s, %d pixels, after %s", name, scheme, width, css)
					p.Axe(where)
					p.checkPicture(where)
				}
				p.Shot(fmt.Sprintf("%s-%s-%d", name, scheme, width))
			}
		}
	}
}

// checkPicture checks the contrasts in the picture, which axe does not look at.
func (p pageTab) checkPicture(where string) {
	p.t.Helper()
	found := browser.Eval[[]string](p.Tab, parts+`
		const luminance = colour => colour.match(/[\d.]+/g).slice(0, 3).map(c => c / 255)
			.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
			.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);
		const paper = getComputedStyle(document.body).backgroundColor, faults = new Set();
		const check = (css, property, least) => part("picture").querySelectorAll(css).forEach(e => {
			const box = e.closest(".node:not(.more)")?.querySelector(".box");
			for (const ground of [paper, box ? getComputedStyle(box).fill : paper]) {
				const [a, b] = [getComputedStyle(e)[property], ground].map(luminance);
				const contrast = Math.max(a, b) / Math.min(a, b);
				if (contrast < least) faults.add(css + " has the contrast " + contrast);
			}
		});
		check("text", "fill", 4.5);
		check(".box", "stroke", 3);
		check(".line", "stroke", 3);
		check(".head", "fill", 3);
		return [...faults]`)
	for _, fault := range found {
		p.t.Errorf("%s: in the picture %s", where, fault)
	}
}
