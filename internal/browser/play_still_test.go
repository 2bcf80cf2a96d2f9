package browser_test

import (
	"fmt"
	"testing"

	"github.com/gradus-go/gradus/internal/browser"
)

// While numbers change, what stands beside them keeps its place and its size.
func TestPlayStill(t *testing.T) {
	p := newPlay(t, "")
	for _, tt := range []struct{ view, stays, change string }{
		{
			"formula", "#formula-controls input",
			`for (const e of document.querySelectorAll("#formula-controls .number")) e.textContent = "-1.234e-05"`,
		},
		{
			"network", ".net-numbers dd, [data-net=picture]",
			`for (const [part, text] of Object.entries({
				progress: "epoch 128, batch 13 of 20", loss: "1.234e-05", right: "1000 of 1000", pace: "12,345",
			})) document.querySelector("[data-net=" + part + "]").textContent = text`,
		},
		{
			"gpt", "#view-gpt [data-part=progress]",
			`document.querySelector("#view-gpt [data-part=step]").textContent = "Step 1,000 of 1,000"`,
		},
		{
			"gpt", "#view-gpt [data-part=one]",
			`const e = document.querySelector("#view-gpt [data-part=run]");
			e.textContent = "Trained"; e.setAttribute("aria-disabled", true)`,
		},
	} {
		p.Open("about:blank")
		p.Open(p.file + "#" + tt.view)
		p.until(ready[tt.view])
		for _, width := range []int{390, 768, 1024, 1440} {
			p.Resize(width, 900, "light")
			moved := browser.Eval[[]string](p.Tab, fmt.Sprintf(`
				const all = [...document.querySelectorAll(%q)], places = () => all.map(e => {
					const {left, top, width} = e.getBoundingClientRect();
					return [left, top, e.matches("dd") ? 0 : width].map(Math.round).join(" ");
				});
				const texts = [...document.querySelectorAll("main .number, main dd, [data-part]")]
					.filter(e => e.children.length === 0).map(e => [e, e.textContent, e.getAttribute("aria-disabled")]);
				const before = places();
				{ %s }
				const after = places();
				for (const [e, text, off] of texts) {
					e.textContent = text;
					if (off) e.setAttribute("aria-disabled", off);
				}
				return before.flatMap((at, i) => at === after[i] ? [] : [at + " → " + after[i]])`, tt.stays, tt.change))
			if len(moved) > 0 {
				t.Errorf("%s, %d pixels: of %s %d move, such as %s", tt.view, width, tt.stays, len(moved), moved[0])
			}
		}
	}
}

// A name that the GPT makes up stands in one line, also before training, when most are as long as can be.
func TestPlayMadeNames(t *testing.T) {
	p := newPlay(t, "#gpt")
	p.until(ready["gpt"])
	for _, width := range []int{390, 768, 1024, 1440} {
		p.Resize(width, 900, "light")
		broken := browser.Eval[[]string](p.Tab, `
			const all = [...document.querySelectorAll("#view-gpt [data-part=made] li")];
			const text = document.createRange();
			return all.filter(e => {
				text.selectNodeContents(e);
				return text.getClientRects().length > 1;
			}).map(e => e.textContent)`)
		if len(broken) > 0 {
			t.Errorf("%d pixels: these names are broken: %q", width, broken)
		}
	}
}

// Where the score of the plane changes its sign the picture is pale, all along the boundary.
func TestPlayBoundary(t *testing.T) {
	p := newPlay(t, "#network")
	p.until(ready["network"])
	p.Click("[data-net=epoch]")
	p.until(`document.querySelector("[data-net=progress]").textContent === "epoch 1"`)
	// The palest pixel of a row is as pale as 0 is, or nearly so, wherever both colours are in the row.
	darkest := browser.Eval[float64](p.Tab, `
		const canvas = document.querySelector("[data-net=picture]"), {width, height} = canvas;
		const {data} = canvas.getContext("2d").getImageData(0, 0, width, height);
		let darkest = 0;
		for (let y = 10; y < height - 10; y++) {
			let palest = 255, orange = false, blue = false;
			for (let at = 4 * y * width; at < 4 * (y + 1) * width; at += 4) {
				palest = Math.min(palest, 255 - Math.min(data[at], data[at + 1], data[at + 2]));
				orange ||= data[at] > data[at + 2] + 20;
				blue ||= data[at] < data[at + 2] - 20;
			}
			if (orange && blue) darkest = Math.max(darkest, palest);
		}
		return darkest`)
	if darkest > 16 {
		t.Errorf("in a row, the palest pixel is %v of 255 darker than paper, want at most 16", darkest)
	}
}
