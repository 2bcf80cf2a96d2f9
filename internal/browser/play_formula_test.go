package browser_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/browser"
)

// newFormulaTab opens the Formula view.
func newFormulaTab(t *testing.T) *browser.Tab {
	t.Helper()
	page, err := playground()
	if err != nil {
		t.Fatal(err)
	}
	tab := browser.New(t)
	tab.Show(page)
	settled(tab, "L = 0.1937")
	return tab
}

// settled waits until the view shows a value, and returns what it shows in the end.
func settled(tab *browser.Tab, want string) string {
	const shown = `document.querySelector("#formula-value").innerText`
	tab.Until(fmt.Sprintf("%s === %q", shown, want))
	return browser.Eval[string](tab, "return "+shown)
}

// write puts a text into the field, as a person who pastes it.
func write(tab *browser.Tab, text string) {
	quoted, _ := json.Marshal(text)
	tab.Run(`const field = document.querySelector("#formula-text"); field.focus(); field.select();
		document.execCommand("insertText", false, ` + string(quoted) + `)`)
}

// A person types a formula, is told what is wrong in it and where, drags a number and steps.
func TestFormulaView(t *testing.T) {
	tab := newFormulaTab(t)
	write(tab, "y = w·x + b\nL = (y − 3)²")
	if got := settled(tab, "L = 4"); got != "L = 4" {
		t.Errorf("the view shows %s, want L = 4: w, x, b are 1, 2, 3", got)
	}
	tab.Run(`document.querySelector("#formula-controls input[type=range]").focus()`)
	tab.Press(browser.Right)
	if got := settled(tab, "L = 4.162"); got != "L = 4.162" {
		t.Errorf("after an arrow key on w the view shows %s, want (1.02·2)² = 4.162", got)
	}
	if got := browser.Eval[string](tab, `return document.querySelector("#formula-text").value`); got !=
		"y = w·x + b\nL = (y − 3)²\nw = 1.02; x = 2; b = 3" {
		t.Errorf("the text is %q, want the numbers in it", got)
	}
	derivation := browser.Eval[string](tab, `return document.querySelector("#formula-derivation").innerText`)
	if !strings.Contains(derivation, "4.08") {
		t.Errorf("the derivation does not follow:\n%s", derivation)
	}
	tab.Run(`document.querySelector("#formula-stepper [data-part=slider]").focus()`)
	tab.Press(browser.Left)
	tab.Press(browser.Left)
	step := `return document.querySelector("#formula-stepper [data-part=label]").innerText`
	if got := browser.Eval[string](tab, step); got != "Step 4 of 6" {
		t.Errorf("two steps back are %q, want step 4 of 6", got)
	}
	write(tab, "y = w·x + b\nL = (y − 3²")
	const note = `document.querySelector("#formula-notes .bad")`
	tab.Until(note)
	got := browser.Eval[string](tab, "return "+note+`?.innerText.replace(/\s+/g, " ") ?? "no note"`)
	if want := "L = (y − 3² ^ Line 2, column 5 the bracket is not closed; want )"; got != want {
		t.Errorf("the note is %q, want %q", got, want)
	}
	tab.Offline()
}

// What the view shows of a text does not depend on what it showed before, though it keeps the parts of the
// page that stay the same.
func TestFormulaViewRenewed(t *testing.T) {
	const last = "x = 0.5; w = -2\na = sin(w·x) + x\nL = a² − 1/w"
	const shows = `const said = a => a.map(({name, value}) => " " + name + "=" + value);
		const shown = n => n.nodeType === Node.TEXT_NODE ? n.data : "<" + n.nodeName +
			said([...n.attributes]).filter(a => a !== " class=").sort().join("") + ">" +
			[...n.childNodes].map(shown).join("");
		document.activeElement.blur();
		return [...document.querySelectorAll("#formula-results, #formula-stepper, #formula-rows")].map(shown)`
	tab := newFormulaTab(t)
	for _, tt := range []struct{ text, value string }{
		{"x = 2; y = x³", "y = 8"},
		{"x = 0.5; w = 2\na = sin(w·x) + x; L = a² − 1/w", "L = 1.3"},
		{"input x1 = 1, x2 = 2; w1 = 3; w2 = 1\nz = w1·x1 + w2·x2 + w1·w2\ny = relu(z)", "y = 8"},
	} {
		write(tab, tt.text)
		if got := settled(tab, tt.value); got != tt.value {
			t.Fatalf("%s: the view shows %s, want %s", tt.text, got, tt.value)
		}
		for _, step := range []string{"[data-part=first]", "button[value=naive]", "[data-part=next]"} {
			tab.Click("#formula-stepper " + step)
		}
		tab.Run(`document.querySelector("#formula-controls input[type=range]").focus()`)
		tab.Press(browser.Right)
	}
	write(tab, last)
	settled(tab, "L = 0.6166")
	tab.Click("#formula-stepper button[value=backward]")
	tab.Click("#formula-stepper [data-part=last]")
	fresh := newFormulaTab(t)
	write(fresh, last)
	settled(fresh, "L = 0.6166")
	if diff := cmp.Diff(browser.Eval[[]string](fresh, shows), browser.Eval[[]string](tab, shows)); diff != "" {
		t.Errorf("the view shows something else than one that has shown nothing before (-want +got):\n%s", diff)
	}
}
