package browser_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/internal/shapes"
)

// The keys that the page promises do what they promise, whatever has the focus.
func TestPageKeys(t *testing.T) {
	p := newPageTab(t, shapes.Fork())
	const focusable = `[...document.querySelectorAll("button, input, select, summary, a, [tabindex]")]`
	count := browser.Eval[int](p.Tab, "return "+focusable+".length")
	if count < 10 {
		t.Errorf("%d things can have the focus, want ten or more", count)
	}
	state := func() string {
		return browser.Eval[string](p.Tab, parts+
			`return document.querySelector("[aria-pressed=true]").value + part("slider").value`)
	}
	for i := range count {
		for _, order := range []string{"naive", "backward"} {
			p.Click("[value=" + order + "]")
			p.Press(browser.Home)
			name := browser.Eval[string](p.Tab,
				fmt.Sprintf("const e = %s[%d]; e.focus(); return e.outerHTML.slice(0, 60)", focusable, i))
			last := browser.Eval[string](p.Tab, parts+`return part("slider").max`)
			for _, tt := range []struct{ key, want string }{
				{browser.Right, "1"}, {browser.Right, "2"}, {browser.Left, "1"}, {browser.End, last}, {browser.Home, "0"},
			} {
				if p.Press(tt.key); state() != order+tt.want {
					t.Errorf("%s has the focus: key %q leads to %s, want %s", name, tt.key, state(), order+tt.want)
				}
			}
		}
	}
	p.Offline()
}

// With Shift, arrows scroll what has the focus, and take no step.
func TestPageShift(t *testing.T) {
	p := newPageTab(t, shapes.TutorialA())
	p.Resize(390, 844, "light")
	p.Click(part("first"))
	p.Run(parts + `part("picture").scrollLeft = 0`)
	for _, tt := range []struct {
		key  string
		want float64
	}{{browser.Right, 100}, {browser.Right, 200}, {browser.Left, 100}} {
		p.Run(parts + `part("picture").focus()`)
		p.Press(tt.key, browser.Shift)
		got := browser.Eval[float64](p.Tab, parts+`return part("picture").scrollLeft`)
		if label := p.read().Label; got != tt.want || label != "Start" {
			t.Errorf("the picture is scrolled by %v, want %v, and the step is %q", got, tt.want, label)
		}
	}
}

// The picture of tutorial A's graph lies on the page of a desktop as a whole, and can be made larger.
func TestPageZoom(t *testing.T) {
	p := newPageTab(t, shapes.TutorialA())
	hidden := func() float64 {
		return browser.Eval[float64](p.Tab, parts+`
			const e = part("picture"); return e.scrollWidth - e.clientWidth`)
	}
	letters := func() float64 {
		return browser.Eval[float64](p.Tab, parts+`
			const svg = part("picture").querySelector("svg");
			return 12 * svg.getBoundingClientRect().width / svg.viewBox.baseVal.width`)
	}
	p.Resize(1280, 800, "light")
	if hidden() > 0 || letters() < 10 {
		t.Errorf("1280 pixels: %v of the picture are hidden, its letters have %v", hidden(), letters())
	}
	p.Resize(390, 844, "light")
	if hidden() == 0 || letters() < 10.1 {
		t.Errorf("390 pixels: %v of the picture are hidden, its letters have %v", hidden(), letters())
	}
	before := letters()
	p.Click(part("larger"))
	if letters() < 1.2*before {
		t.Errorf("after Larger, letters have %v pixels, and had %v", letters(), before)
	}
	p.Click(part("smaller"))
	if got := letters(); got < 0.99*before || got > 1.01*before {
		t.Errorf("after Larger and Smaller, letters have %v pixels, and had %v", got, before)
	}
	if p.Click(part("fit")); hidden() > 0 {
		t.Errorf("after Whole width, %v pixels are hidden", hidden())
	}
	p.Offline()
}

// At the start, the derivation says which equations are to come.
func TestPageStart(t *testing.T) {
	p := newPageTab(t, shapes.Fork())
	lines := browser.Eval[[]string](p.Tab, parts+`
		return [...part("derivation").children].map(e => e.innerText)`)
	want := []string{
		"df/df = …", "df/d(p·q) = …", "df/dx = …", "df/dp = …", "df/dq = …", "df/d(x²) = …", "df/d(3x) = …",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
