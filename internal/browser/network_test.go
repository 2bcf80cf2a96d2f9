package browser_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/browser"
)

// A networkTab is a tab with the playground's view Network.
type networkTab struct {
	*browser.Tab
	t *testing.T
}

// net defines part, which returns a part of the view, and settled, which waits until it rests.
const net = `const part = name => document.querySelector("[data-net=" + name + "]");
	const until = async ready => { while (!ready()) await new Promise(done => setTimeout(done, 20)); };
	const settled = () => until(() => part("run").textContent === "Run" &&
		(!part("failed").hidden || part("health").textContent));
`

func newNetworkTab(t *testing.T, address string) networkTab {
	t.Helper()
	page, err := playground()
	if err != nil {
		t.Fatal(err)
	}
	n := networkTab{browser.New(t), t}
	n.Show(page)
	n.Run(net + `location.hash = ` + strconv.Quote(address) + `; await settled();`)
	return n
}

// try chooses a preset.
func (n networkTab) try(name string) {
	n.t.Helper()
	n.Run(net + `const list = part("preset"); part("health").textContent = "";
		list.value = [...list.options].find(o => o.textContent === ` + strconv.Quote(name) + `).value;
		list.dispatchEvent(new Event("change")); await until(() => part("health").textContent);`)
}

func (n networkTab) text(part string) string {
	n.t.Helper()
	return browser.Eval[string](n.Tab, net+`return part("`+part+`").textContent`)
}

// The moons of micrograd end with the loss that examples/moons prints, 0.00016223, and pause there.
func TestNetworkMoons(t *testing.T) {
	n := newNetworkTab(t, "#network")
	n.try("micrograd's moons")
	n.Click("[data-net=run]")
	n.Run(net + `await until(() => part("progress").textContent === "epoch 100"); await settled();`)
	loss := browser.Eval[string](n.Tab, net+`return part("loss").firstChild.title`)
	if x, err := strconv.ParseFloat(loss, 64); err != nil || fmt.Sprintf("%.5g", x) != "0.00016223" {
		t.Errorf("the loss is %s, want 0.00016223", loss)
	}
	if got := n.text("right"); got != "100 of 100" {
		t.Errorf("%s points are on their side, want all", got)
	}
	n.Offline()
}

// At rate 10 the page says what has happened, and a button helps.
func TestNetworkRate(t *testing.T) {
	n := newNetworkTab(t, "#network")
	n.try("Too large a rate")
	n.Click("[data-net=run]")
	n.Run(net + `await until(() => !part("failed").hidden); await settled();`)
	if got := n.text("failed"); !strings.HasPrefix(got, "Training has stopped in epoch ") {
		t.Errorf("the page says %q", got)
	}
	if page := n.text("loss") + n.text("neuron") + n.text("drawing"); strings.Contains(page, "NaN") {
		t.Errorf("the page shows NaN: %s", page)
	}
	n.Click("[data-net=cures] button")
	n.Run(net + `await until(() => part("failed").hidden); await settled();`)
	if got := browser.Eval[string](n.Tab, `return document.querySelector("[name=rate]").value`); got != "1" {
		t.Errorf("the rate is %s, want 1", got)
	}
}

// By keys alone one trains, looks at a neuron and steps into a point.
func TestNetworkKeys(t *testing.T) {
	n := newNetworkTab(t, "#network")
	n.Run(`document.activeElement.blur()`)
	n.Press(" ")
	n.Run(net + `await until(() => parseInt(part("progress").textContent.slice(6)) > 20);`)
	n.Press(" ")
	n.Run(net + `await settled(); document.querySelector(".net-unit[tabindex='0']").focus();`)
	n.Press(browser.Right)
	n.Press(browser.Down)
	n.Run(net + `await until(() => part("neuron").textContent.startsWith("layer2.neuron2"));`)
	rows := browser.Eval[int](n.Tab, net+`return part("neuron").querySelectorAll("tbody tr").length`)
	if rows != 9 {
		t.Errorf("neuron 2 of layer 2 has %d rows, want 8 weights and a bias", rows)
	}
	n.Run(net + `part("picture").focus();`)
	n.Press(browser.Up)
	n.Press(browser.Enter)
	n.Run(net + `await until(() => part("stepper").querySelector("svg"));`)
}

// A link that somebody else has made does nothing but say so.
func TestNetworkHostileLink(t *testing.T) {
	for address, want := range map[string]string{
		"#network?hidden=1e9":                 `the number of units of layer 1 is "1e9", want`,
		"#network?data=own&own=%3Cscript%3E1": "row 1 has 1 columns, want 3",
		"#network?act=%3Cimg src=x%3E":        `nn: the name of the activation is "<img src=x>", want`,
	} {
		n := newNetworkTab(t, address)
		// The browser may remember what another test has left, and say so first.
		const said = `document.getElementById("status").textContent`
		if !n.Until(said + `.startsWith(` + strconv.Quote(want) + `)`) {
			t.Errorf("%s: the page says %q, want %s", address, browser.Eval[string](n.Tab, "return "+said), want)
		}
	}
}

// On phones, tablets and desktops nothing is cut off, and axe finds nothing.
func TestNetworkScreens(t *testing.T) {
	n := newNetworkTab(t, "#network")
	n.try("Vanishing gradients")
	n.Run(net + `part("worst").click(); await until(() => part("stepper").querySelector("svg"));`)
	for _, screen := range []struct {
		width, height int
		scheme        string
	}{{390, 844, "dark"}, {1440, 900, "light"}} {
		where := fmt.Sprintf("network-%d-%s", screen.width, screen.scheme)
		n.Resize(screen.width, screen.height, screen.scheme)
		if over := browser.Eval[int](n.Tab, `return document.documentElement.scrollWidth - innerWidth`); over > 0 {
			t.Errorf("%s: the page is %d pixels wider than the screen", where, over)
		}
		n.Axe(where)
		n.Shot(where)
	}
}
