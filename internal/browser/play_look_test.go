package browser_test

import (
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/browser"
)

// views are those of the page.
var views = []string{"formula", "check", "network", "gpt"}

// opened opens all that can be opened in the view that is shown. What is opened may ask the engine, and then
// ask again: it is there when the engine, which answers one call after the other, has answered some more.
const opened = `const all = document.querySelectorAll("main section:not([hidden]) details");
	for (const e of all) e.open = true;
	for (let i = 0; i < 5; i++) {
		await new Promise(r => setTimeout(r, 20));
		await current.app.engine().call("nothing").catch(() => {});
	}`

// cut returns what is cut off, lies on something else, or is too small for a finger, in the window as it is.
const cut = `
	const faults = [], wide = document.documentElement.scrollWidth;
	if (wide > innerWidth) faults.push("the page is " + wide + " wide");
	const name = e => e.outerHTML.slice(0, 90);
	const all = "button, input, select, textarea, summary, label, a, h1, h2, h3, p, legend, span, small, dt, dd";
	for (const e of document.querySelectorAll(all)) {
		if (!e.checkVisibility() || e.closest(".skip, .check-spoken, svg")) continue;
		const box = e.getBoundingClientRect(), inside = e.closest(".scroll, [data-part=graph]");
		if (!inside && (box.left < -1 || box.right > innerWidth + 1)) faults.push("beyond the window: " + name(e));
		const place = e.parentElement.closest("div, p, li, section, fieldset, label, details, dl, body");
		const beyond = box.right - place.getBoundingClientRect().right;
		if (!inside && !e.closest("header") && beyond > 1) faults.push("beyond its place: " + name(e));
		const control = e.matches("button, summary, select");
		if (control && e.scrollWidth > e.clientWidth + 1) faults.push("cut off: " + name(e));
		if (e.matches("button, input, select, textarea, summary, nav a")) {
			const {width, height} = (e.matches("[type=radio]") ? e.closest("label") : e).getBoundingClientRect();
			if (Math.min(width, height) < 43.9) faults.push("too small, " + width + " by " + height + ": " + name(e));
		}
		if (e.matches("select")) {
			const pen = cut.pen ??= document.createElement("canvas").getContext("2d"), style = getComputedStyle(e);
			pen.font = style.font;
			const room = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
			const choice = pen.measureText(e.selectedOptions[0]?.text || "").width;
			if (choice > room) faults.push("its choice is cut off: " + name(e));
		}
	}
	return faults`

// On a phone, the views are in one row, and so is what one can do with a view, with the names that it has
// elsewhere.
func TestPlayTools(t *testing.T) {
	p := newPlay(t, "")
	type tools struct{ Views, Rows, Names string }
	for _, width := range []int{360, 390} {
		p.Resize(width, 844, "light")
		got := browser.Eval[tools](p.Tab, `
			const all = [...document.querySelectorAll(".tools button")].filter(e => e.checkVisibility());
			const rows = all => String(new Set(all.map(e => e.getBoundingClientRect().top)).size);
			return {
				Views: rows([...document.querySelectorAll("nav a")]), Rows: rows(all),
				Names: all.map(e => e.textContent).join(", "),
			}`)
		want := tools{"1", "1", "Undo, Redo, Copy link, Copy as Go, Copy as command"}
		if got != want {
			t.Errorf("%d pixels: the tools are %+v, want %+v", width, got, want)
		}
	}
}

// At each width and in both colour schemes axe finds nothing, and nothing is cut off, whatever is open.
func TestPlayLook(t *testing.T) {
	p := newPlay(t, "")
	for _, view := range views {
		p.view(view)
		p.Run(opened)
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{360, 390, 768, 1024, 1440} {
				p.Resize(width, 900, scheme)
				where := fmt.Sprintf("%s, %s, %d pixels", view, scheme, width)
				for _, fault := range browser.Eval[[]string](p.Tab, "const cut = {};"+cut) {
					t.Errorf("%s: %s", where, fault)
				}
				if view != "gpt" && width != 360 && (scheme == "light" || width == 390) { // the GPT's own test has it
					p.Axe(where)
				}
				p.Shot(fmt.Sprintf("play-%s-%s-%d", view, scheme, width))
			}
		}
		moving := browser.Eval[int](p.Tab, `return document.getAnimations().length`)
		if moving > 0 {
			t.Errorf("%s: %d things move, for one who wants no motion", view, moving)
		}
	}
	p.at("#formula?f=y+%3D+ln%28x")
	p.until(`document.querySelector("#formula-notes .bad")`)
	p.Axe("a fault in a formula")
	p.at("#check?d=dL%2Fdy+%3D+t+-+y%0AdL%2Fda+%3D+W2")
	p.until(`document.querySelector("#view-check [data-state=wrong]")`)
	p.Axe("a wrong derivative")
}

// A long name does not make the page wider than the window, and a number stands behind a name in a script
// that is written from right to left.
func TestPlayNames(t *testing.T) {
	long := strings.Repeat("the_weight_of_one_input_", 4)
	p := newPlay(t, "#formula?f="+url.QueryEscape("y = tanh("+long+"·وزن); input "+long+" = 2; وزن = 0.5"))
	p.until(ready["formula"])
	for _, width := range []int{390, 768, 1440} {
		p.Resize(width, 844, "light")
		if wide := browser.Eval[int](p.Tab, `return document.documentElement.scrollWidth`); wide > width {
			t.Errorf("in a window of %d pixels the page is %d wide", width, wide)
		}
	}
	behind := browser.Eval[[]bool](p.Tab, `
		return [...document.querySelectorAll(".formula-control .number")].map(number => {
			const name = document.createRange(); // and the sign behind it
			name.selectNode(number.previousSibling);
			const {bottom, right} = [...name.getClientRects()].at(-1), at = number.getBoundingClientRect();
			return right <= at.left + 1 || bottom <= at.top + 1;
		})`)
	if !slices.Equal(behind, []bool{true, true}) {
		t.Errorf("numbers stand behind their names: %v", behind)
	}
}

// Tab reaches everything that a mouse reaches, in the order in which one reads, what has the focus shows it,
// and at the end the focus leaves the page.
func TestPlayKeyboard(t *testing.T) {
	p := newPlay(t, "")
	for _, view := range views {
		p.view(view)
		p.Run(opened + `; document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)`)
		want := browser.Eval[[]string](p.Tab, `
			const all = [...document.querySelectorAll(
				"a[href], button, input, select, textarea, summary, [tabindex='0']")].filter(e =>
				e.checkVisibility() && !e.disabled && !e.closest("dialog") && (e.type !== "radio" || e.checked) &&
				(e.tabIndex >= 0 || !e.closest(".net-drawing"))); // where arrow keys go from neuron to neuron
			window.marked = new Map(all.map((e, i) => [e, i + " " + e.outerHTML.replace(/\s+/g, " ").slice(0, 80)]));
			return [...marked.values()]`)
		var got []string
		for len(got) <= len(want) {
			p.Press(browser.TabKey)
			at := browser.Eval[struct{ Name, Fault string }](p.Tab, `
				const e = document.activeElement;
				if (e === document.body) return {Name: ""};
				const style = getComputedStyle(e), {top, bottom, left, right} = e.getBoundingClientRect();
				const shows = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
				const seen = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
				return {
					Name: marked.get(e) || "not in the list: " + e.outerHTML.slice(0, 80),
					Fault: !shows ? "does not show that it has the focus" : !seen ? "is not in the window" : "",
				}`)
			if at.Name == "" {
				break
			}
			if at.Fault != "" {
				t.Errorf("%s: %s %s", view, at.Name, at.Fault)
			}
			got = append(got, at.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: Tab goes\n%s\nwant\n%s", view, strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		t.Logf("%s: %d stops", view, len(got))
	}
}

// The graph of an exercise asks for the gradients, and shows those that are found.
func TestPlayAsksGradients(t *testing.T) {
	p := newPlay(t, "#check")
	p.until(ready["check"])
	shown := func() []string {
		return browser.Eval[[]string](p.Tab, `
			return [...document.querySelectorAll("#view-check .node .grad")].filter(e => e.checkVisibility({
				visibilityProperty: true})).map(e => e.closest(".node").querySelector(".name").textContent + " " +
				e.textContent).sort()`)
	}
	all := []string{
		"L grad ?", "W1 grad ?", "W2 grad ?", "a grad ?", "b1 grad ?", "b2 grad ?", "t grad ?", "x grad ?",
		"y grad ?", "z grad ?",
	}
	if diff := cmp.Diff(all, shown()); diff != "" {
		t.Errorf("before the first line (-want +got):\n%s", diff)
	}
	right := `document.querySelector("#view-check li").dataset.state === "right"`
	p.write("#view-check li textarea", "dL/dy = y - t")
	p.until(right)
	all[8] = "y grad -1.161 ✓"
	if diff := cmp.Diff(all, shown()); diff != "" {
		t.Errorf("with dL/dy (-want +got):\n%s", diff)
	}
	p.write("#view-check li textarea", "dL/dy = ")
	p.until("!(" + right + ")")
	all[8] = "y grad ?"
	if diff := cmp.Diff(all, shown()); diff != "" {
		t.Errorf("without it (-want +got):\n%s", diff)
	}
}

// What stands side by side begins at the same height, and a table that has no rows yet is not shown.
func TestPlayPlaces(t *testing.T) {
	p := newPlay(t, "#check")
	p.until(ready["check"])
	p.Resize(1440, 900, "light")
	tops := browser.Eval[[]float64](p.Tab, `
		return ["#check-f", "#view-check [data-part=graph]"].map(css =>
			document.querySelector(css).getBoundingClientRect().top)`)
	if math.Abs(tops[0]-tops[1]) > 1 {
		t.Errorf("the formulas begin at %v, and the graph beside them at %v", tops[0], tops[1])
	}
	p.view("gpt")
	const shown = `return document.querySelector("[data-part=rows]").closest("table").checkVisibility()`
	if browser.Eval[bool](p.Tab, shown) {
		t.Error("before the first step there is a table of steps")
	}
	p.at("#gpt?at=100")
	p.until(`document.querySelector("#view-gpt [data-part=rows]").children.length === 1`)
	if !browser.Eval[bool](p.Tab, shown) {
		t.Error("after 100 steps there is no table of them")
	}
}

// The words beside the edge of a wrong factor touch no node, however long they are.
func TestPlayWrongFactor(t *testing.T) {
	p := newPlay(t, "#check?f="+url.QueryEscape("weight = 0.5; input pixel = 2\nhidden = weight·pixel\n"+
		"output = tanh(hidden)\nloss = output²")+"&d="+url.QueryEscape("dloss/dweight = 2output·pixel"))
	p.until(`document.querySelector("#view-check .edge-label")`)
	p.Resize(1440, 900, "light")
	got := browser.Eval[struct {
		Words string
		Away  float64
	}](p.Tab, `
		const all = css => [...document.querySelectorAll("#view-check " + css)].map(e => e.getBoundingClientRect());
		const [words] = all(".edge-label");
		return {
			Words: document.querySelector("#view-check .edge-label").textContent,
			Away: Math.min(...all(".box").map(r => Math.max(r.left - words.right, words.left - r.right,
				r.top - words.bottom, words.top - r.bottom))),
		}`)
	if got.Words != "∂output/∂hidden" || got.Away < 2 {
		t.Errorf("the words %q are %v pixels away from a node, want ∂output/∂hidden and 2 or more",
			got.Words, got.Away)
	}
}
