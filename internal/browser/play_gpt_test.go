package browser_test

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/internal/significant"
)

// A gptTab shows the GPT view of the playground.
type gptTab struct {
	*browser.Tab
	t *testing.T
}

func newGPT(t *testing.T) gptTab {
	t.Helper()
	page, err := playground()
	if err != nil {
		t.Fatal(err)
	}
	g := gptTab{browser.New(t), t}
	g.Show(page)
	return g
}

// at goes to an address, and waits until the view shows a text in one of its parts.
func (g gptTab) at(hash, part, text string) {
	g.t.Helper()
	g.Run(fmt.Sprintf(`location.hash = %q`, hash))
	g.wait(part, text)
}

// wait waits until a text is in a part of the view.
func (g gptTab) wait(part, text string) {
	g.t.Helper()
	seen := fmt.Sprintf(`document.querySelector("#view-gpt [data-part=%s]").textContent`, part)
	if !g.Until(fmt.Sprintf("%s.includes(%q)", seen, text)) {
		g.t.Fatalf("%s shows %.200q, want %q", part, browser.Eval[string](g.Tab, "return "+seen), text)
	}
}

// referenceGPT returns the losses and the names of the original program.
func referenceGPT(t *testing.T) (losses []float64, names []string) {
	t.Helper()
	f, err := os.Open("../../examples/gpt/testdata/names2018.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }() // it was only read
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if x, err := strconv.ParseFloat(lines.Text(), 64); err == nil {
			losses = append(losses, x)
		} else if !strings.HasPrefix(lines.Text(), "#") {
			names = append(names, lines.Text())
		}
	}
	return losses, names
}

// A click trains the model. All losses are those of the original program to 15 digits, and so are the names.
// A link to the state trains as far again.
func TestPlayGPT(t *testing.T) {
	losses, names := referenceGPT(t)
	g := newGPT(t)
	g.at("#gpt", "reading", "Its loss for emma")
	g.Click("#view-gpt [data-part=run]")
	g.wait("step", "Step 1,000 of 1,000")
	const made = `[...document.querySelectorAll("#view-gpt [data-part=made] li")]
		.map(li => li.textContent.replace(" ✓", ""))`
	g.Until(fmt.Sprintf("%s.join() === %q", made, strings.Join(names, ","))) // not those of a step before
	got := browser.Eval[[]string](g.Tab, "return "+made)
	if diff := cmp.Diff(names, got); diff != "" {
		t.Errorf("the names (-want +got):\n%s", diff)
	}
	computed := browser.Eval[[]float64](g.Tab, `const settings = {width: "", heads: "", layers: "", context: "",
			steps: "", batch: "", rate: "", seed: ""};
		return (await views.get("gpt").app.engine().call("gpt.train", {...settings, known: 0})).losses`)
	if len(computed) != len(losses) {
		t.Fatalf("%d losses, want %d", len(computed), len(losses))
	}
	for i, want := range losses {
		if digits := significant.Shared(computed[i], want); digits < 15 {
			t.Errorf("step %d: the loss is %v, want %v: %d digits", i+1, computed[i], want, digits)
		}
	}
	if hash := browser.Eval[string](g.Tab, `return location.hash`); hash != "#gpt?at=1000" {
		t.Errorf("the address ends with %s", hash)
	}
	g.at("#gpt?at=300&steps=900&name=Ava&head=2", "step", "Step 300 of 900")
	g.wait("reading", "Its loss for ava")
	g.Offline()
}

// Attention and gradients can be read by keyboard alone; what someone types or links to is a name or gets a
// sentence; and axe finds nothing, whatever is open.
func TestPlayGPTReading(t *testing.T) {
	g := newGPT(t)
	g.at("#gpt?at=20&part=loss", "what", "The loss is the mean of 5 surprises")
	g.Run(`document.querySelector("#view-gpt [data-part=looks] td[tabindex='0']").focus()`)
	g.Press(browser.Down + browser.Down + browser.Right)
	g.wait("looked", "From letter 3, m, to letter 2, e: weight 0.")
	for hash, want := range map[string]string{
		"#gpt?name=%3Cb%20onclick%3Dx%3E":        "the model has no token for '<'",
		"#gpt?name=" + strings.Repeat("a", 5000): "the name has 5000 letters",
		"#gpt?head=5":                            `head is "5"`,
	} {
		g.at(hash, "wrong", want)
	}
	g.Run(`location.hash = "#gpt?width=1e9"`)
	const said = `document.getElementById("status").textContent`
	const want = `width is "1e9", want a whole number from 1 to 64`
	g.Until(fmt.Sprintf("%s === %q", said, want))
	if status := browser.Eval[string](g.Tab, "return "+said); status != want {
		t.Errorf("the status is %q, want %q", status, want)
	}
	g.at("#gpt?at=20&part=head&name=bartholomew", "what", "One number that the first head")
	g.Run(`document.querySelectorAll("#view-gpt details").forEach(e => { e.open = true; })`)
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{390, 768, 1440} {
			g.Resize(width, 900, scheme)
			where := fmt.Sprintf("GPT, %s, %d pixels", scheme, width)
			g.Axe(where)
			g.Shot(fmt.Sprintf("gpt-%s-%d", scheme, width))
			if got := browser.Eval[int](g.Tab, `return document.documentElement.scrollWidth`); got > width {
				t.Errorf("%s: the page is %d wide", where, got)
			}
		}
	}
}
