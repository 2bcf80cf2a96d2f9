package browser_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/internal/player"
	"github.com/gradus-go/gradus/internal/shapes"
)

// head is the head of a page with the style of a stepper.
var head = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>Test</title>` +
	"<style>" + player.Style + "</style>"

// mount defines, for a script, what a page needs to mount the stepper of a graph.
func mount(t *testing.T, name string, root *gradus.Value) string {
	t.Helper()
	p := player.New(root)
	text, err := json.Marshal(map[string]any{"data": p, "parts": p.Parts()})
	if err != nil {
		t.Fatal(err)
	}
	return "const " + name + " = " + string(text) + ";\n"
}

// A page that computes can mount a stepper again and again, with other data. The stepper of before is gone
// then, and keys outside of the stepper are not its business.
func TestStepperMounts(t *testing.T) {
	tab := browser.New(t)
	tab.Show([]byte(head + `<input><button id="outside">Outside</button><main id="here">` + player.Fragment() +
		`</main><script>` + player.Script + mount(t, "fork", shapes.Fork()) +
		mount(t, "line", shapes.Pages()["doubled-twice"]()) + `
		const root = document.getElementById("here"), moves = [];
		let stepper;
		const mount = ({data, parts}, options) => {
			stepper?.dispose();
			stepper = mountStepper(root, data, {parts, moved: s => moves.push(s.order + s.at), ...options});
		};
		mount(fork);</script>`))
	state := func() string {
		return browser.Eval[string](tab, parts+`
			return [stepper.order, stepper.at, part("label").textContent, moves.splice(0).join()].join(" ")`)
	}
	expect := func(after, want string) {
		t.Helper()
		if got := state(); got != want {
			t.Errorf("after %s: %q, want %q", after, got, want)
		}
	}
	expect("mounting", "backward 0 Start backward0")
	tab.Click(part("next"))
	expect("Next", "backward 1 Forward 1 of 6 backward1")
	tab.Press(browser.Right)
	expect("a key in the stepper", "backward 2 Forward 2 of 6 backward2")
	for _, outside := range []string{"input", "#outside"} {
		tab.Click(outside)
		tab.Press(browser.Right)
		expect("a key in "+outside, "backward 2 Forward 2 of 6 ")
	}
	tab.Run(`stepper.go(9)`)
	expect("go(9)", "backward 9 Step 2 of 10 backward9")
	tab.Run(`mount(line, {order: stepper.order, at: stepper.at})`)
	expect("mounting another graph at the same place", "backward 7 Step 4 of 4 backward7")
	tab.Click(part("back"))
	expect("Back, which the first stepper no longer hears", "backward 6 Step 3 of 4 backward6")
	tab.Run(`stepper.follow("naive", stepper.at)`)
	expect("following the recursion", "naive 6 Step 6 of 6 naive6")
	verdict := browser.Eval[string](tab, parts+`return part("verdict").textContent`)
	if want := "dc/da is 6, and Backward has 4."; !strings.Contains(verdict, want) {
		t.Errorf("the verdict is %q, want one in which %q", verdict, want)
	}
	tab.Run(`mount(line, {keys: document})`)
	expect("mounting with keys anywhere", "backward 0 Start backward0")
	tab.Click("#outside")
	tab.Press(browser.Right)
	expect("a key anywhere", "backward 1 Forward 1 of 2 backward1")
	tab.Click("input")
	tab.Press(browser.Right)
	expect("a key in a text", "backward 1 Forward 1 of 2 ")
	tab.Offline()
}

// A stepper that is mounted where nobody sees it has its size when it appears.
func TestStepperAppears(t *testing.T) {
	tab := browser.New(t)
	tab.Resize(900, 800, "light")
	tab.Show([]byte(head + `<main id="here" hidden>` + player.Fragment() +
		`</main><script>` + player.Script + mount(t, "fork", shapes.Fork()) + `
		const root = document.getElementById("here");
		const stepper = mountStepper(root, fork.data, {parts: fork.parts, at: 9});</script>`))
	tab.Run(`root.hidden = false`)
	tab.Resize(900, 800, "light")
	wide := browser.Eval[bool](tab, parts+`
		const {clientWidth, firstElementChild: svg} = part("picture");
		return Math.abs(svg.clientWidth - clientWidth) < 2`)
	if !wide {
		t.Error("the picture is not as wide as its place")
	}
	away := browser.Eval[float64](tab, parts+`
		const all = css => [...part("picture").querySelectorAll(css)].map(e => e.getBoundingClientRect());
		const [words] = all(".edge-label");
		return Math.min(...all(".box").map(r => Math.max(r.left - words.right, words.left - r.right,
			r.top - words.bottom, words.top - r.bottom)));`)
	if away < 2 {
		t.Errorf("the words beside the edge are %v pixels away from a node, want 2 or more", away)
	}
}

// A stepper that is mounted where another one was puts the words beside each edge where it would put them in
// a place that is new: it keeps elements of the picture, and nothing that it knows of paths that they had
// before.
func TestStepperMountsAnew(t *testing.T) {
	places := func(before string) []string {
		tab := browser.New(t)
		tab.Resize(900, 800, "light")
		tab.Show([]byte(head + `<main id="here">` + player.Fragment() + `</main><script>` + player.Script +
			mount(t, "fork", shapes.Fork()) + mount(t, "tutorial", shapes.TutorialA()) + `
			const root = document.getElementById("here");
			let stepper;
			const walk = ({data, parts}) => {
				stepper?.dispose();
				stepper = mountStepper(root, data, {parts});
				const places = [];
				for (let at = 0; at <= stepper.last; at++) {
					stepper.go(at);
					const label = root.querySelector(".edge-label");
					places.push(at + ": " + (label ? label.getAttribute("x") + " " + label.getAttribute("y") : "none"));
				}
				return places;
			};
		</script>`))
		return browser.Eval[[]string](tab, before+`; return walk(tutorial)`)
	}
	if diff := cmp.Diff(places(""), places("walk(fork)")); diff != "" {
		t.Errorf("the words stand elsewhere if another graph was there before (-want +got):\n%s", diff)
	}
}
