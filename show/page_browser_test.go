//go:build browser

package show_test

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/show"
)

// A browser is a session of headless Chromium, driven through chromedriver.
//
// Source: W3C WebDriver, https://www.w3.org/TR/webdriver2/.
type browser struct {
	t       *testing.T
	session string // the URL of the session
}

func newBrowser(t *testing.T) browser {
	t.Helper()
	driver := exec.Command("chromedriver", "--port=0")
	out, err := driver.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := driver.Start(); err != nil {
		t.Fatalf("%v: this test needs chromium and chromedriver: "+
			"apt-get install chromium chromium-driver", err)
	}
	b := browser{t: t, session: "http://localhost:" + port(t, out) + "/session"}
	profile := t.TempDir()
	t.Cleanup(func() {
		b.call("DELETE", "", nil, nil)
		_ = driver.Process.Kill()
		_ = driver.Wait()
		// The browser's processes may still write for a moment, which t.TempDir does not expect.
		for range 50 {
			if os.RemoveAll(profile) == nil {
				break
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	var created struct {
		ID string `json:"sessionId"`
	}
	b.call("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{
		"goog:loggingPrefs": map[string]string{"browser": "ALL"},
		"goog:chromeOptions": map[string]any{"args": []string{
			"--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
			"--disable-background-networking", "--disable-component-update", "--disable-sync",
			"--no-first-run", "--user-data-dir=" + profile,
		}},
	}}}, &created)
	b.session += "/" + created.ID
	return b
}

// port reads what chromedriver prints when it is ready.
func port(t *testing.T, out io.Reader) string {
	t.Helper()
	started := regexp.MustCompile(`started successfully on port (\d+)`)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if m := started.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			return m[1]
		}
	}
	t.Fatal("chromedriver did not start")
	return ""
}

// call sends a command and decodes its result.
func (b browser) call(method, path string, body, result any) {
	b.t.Helper()
	var payload io.Reader
	if method == http.MethodPost {
		data, err := json.Marshal(body)
		if err != nil {
			b.t.Fatal(err)
		}
		payload = bytes.NewReader(data)
	}
	request, err := http.NewRequest(method, b.session+path, payload)
	if err != nil {
		b.t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		b.t.Fatal(err)
	}
	if response.StatusCode != http.StatusOK {
		b.t.Fatalf("%s %s: %s", method, path, answer.Value)
	}
	if result != nil {
		if err := json.Unmarshal(answer.Value, result); err != nil {
			b.t.Fatal(err)
		}
	}
}

// run runs the body of a JavaScript function and decodes what it returns.
func (b browser) run(script string, result any) {
	b.t.Helper()
	b.call("POST", "/execute/sync", map[string]any{"script": script, "args": []any{}}, result)
}

// devtools sends a command of the Chrome DevTools Protocol.
func (b browser) devtools(command string, params, result any) {
	b.t.Helper()
	b.call("POST", "/goog/cdp/execute", map[string]any{"cmd": command, "params": params}, result)
}

// press presses a key, by its code in WebDriver.
func (b browser) press(key string) {
	b.t.Helper()
	b.call("POST", "/actions", map[string]any{"actions": []any{map[string]any{
		"type": "key", "id": "keyboard", "actions": []any{
			map[string]string{"type": "keyDown", "value": key},
			map[string]string{"type": "keyUp", "value": key},
		},
	}}}, nil)
}

const keyEnd, keyHome, keyLeft, keyRight = "\ue010", "\ue011", "\ue012", "\ue014"

// click clicks on an element as a person does.
func (b browser) click(css string) {
	b.t.Helper()
	var found map[string]string
	b.call("POST", "/element", map[string]string{"using": "css selector", "value": css}, &found)
	for _, id := range found {
		b.call("POST", "/element/"+id+"/click", struct{}{}, nil)
	}
}

// resize emulates a window of that size, and a reader who prefers that colour scheme and no motion.
func (b browser) resize(width, height int, scheme string) {
	b.t.Helper()
	b.devtools("Emulation.setDeviceMetricsOverride", map[string]any{
		"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false,
	}, nil)
	b.devtools("Emulation.setEmulatedMedia", map[string]any{
		"features": []any{
			map[string]string{"name": "prefers-color-scheme", "value": scheme},
			map[string]string{"name": "prefers-reduced-motion", "value": "reduce"},
		},
	}, nil)
}

// open opens the page of a graph from a file.
func (b browser) open(root *gradus.Value) {
	b.t.Helper()
	page, err := show.Page(root)
	if err != nil {
		b.t.Fatal(err)
	}
	file := filepath.Join(b.t.TempDir(), "page.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		b.t.Fatal(err)
	}
	b.call("POST", "/url", map[string]string{"url": "file://" + file}, nil)
}

// number is a number on the page, as text and exactly.
type number struct{ Text, Exact string }

// What the picture shows in place of numbers that are not computed yet.
var noData, noGrad = number{Text: "no data yet"}, number{Text: "no grad yet"}

// as returns how the page has to show x.
func as(x float64) number {
	return number{strconv.FormatFloat(x, 'g', 4, 64), strconv.FormatFloat(x, 'g', -1, 64)}
}

// onPage is all that changes on the page from frame to frame.
type onPage struct {
	Label, Say, Value string   // Value is what the slider says
	Card              []number // gradient, local derivative, contribution, what was there, sum
	Data, Grad        []number // of the nodes, in the picture
	From, To, Edge    []string // what is marked there
	Lines             int      // of the derivation, those that are written out
	Row               string   // the step of the marked row
}

// read reads the page.
func (b browser) read() (p onPage) {
	b.t.Helper()
	b.run(`
		const number = e => e ? {
			Text: e.textContent.replace(/^(data|grad) /, ""), Exact: e.dataset.exact || "",
		} : {};
		const all = css => [...document.querySelectorAll(css)];
		const text = id => document.getElementById(id).textContent;
		const nodes = [...Array(all("svg [id$='-data']").length).keys()];
		return {
			Label: text("label"), Say: text("say"),
			Value: document.getElementById("slider").getAttribute("aria-valuetext"),
			Card: all("#card:not(.off) :is(#gradient, #local, #contribution, #before, #sum)").map(number),
			Data: nodes.map(i => number(document.getElementById("n" + i + "-data"))),
			Grad: nodes.map(i => number(document.getElementById("n" + i + "-grad"))),
			From: all("svg .from").map(e => e.id), To: all("svg .to").map(e => e.id),
			Edge: all("svg .edge.now").map(e => e.id),
			Lines: all("#derivation li:not(.later)").length,
			Row: all("tr[aria-current] th").map(e => e.textContent).join(),
		}`, &p)
	return p
}

// frames returns what the page has to show. Its numbers are computed here, from the ops.
func frames(root *gradus.Value) (all []onPage) {
	order := gradus.Topo(root)
	place := map[*gradus.Value]int{}
	edge := map[*gradus.Value]int{} // the first of each node
	edges := 0
	p := onPage{}
	for i, v := range order {
		place[v], edge[v] = i, edges
		edges += len(v.Parents())
		p.Grad = append(p.Grad, noGrad)
		if v.IsConst() {
			p.Grad[i] = number{} // not even a place for one
		}
		p.Data = append(p.Data, as(v.Data))
		if v.Op() != nil {
			p.Data[i] = noData
		}
	}
	add := func() {
		next := p
		next.Data, next.Grad = append([]number{}, p.Data...), append([]number{}, p.Grad...)
		all = append(all, next)
	}
	p.Label = "Start"
	add()
	inner := 0
	for _, v := range order {
		inner += min(1, len(v.Parents()))
	}
	for i, v := range order {
		if v.Op() != nil {
			p.Data[i], p.From = as(v.Data), []string{fmt.Sprint("n", i)}
			p.Label = fmt.Sprintf("Forward %d of %d", len(all), inner)
			add()
		}
	}
	last := len(order) - 1
	grad := map[*gradus.Value]float64{root: 1}
	p.Grad[last], p.From, p.To = as(1), nil, []string{fmt.Sprint("n", last)}
	p.Label, p.Lines = "Backward begins", 1
	add()
	step, steps := 0, show.Steps(root)
	for i := last; i >= 0; i-- {
		v := order[i]
		local := make([]float64, len(v.Parents()))
		for j, x := range v.Parents() {
			local[j] = x.Data
		}
		if v.Op() != nil {
			v.Op().Partials(local, local, v.Data)
		}
		for j, x := range v.Parents() {
			if x.IsConst() {
				continue
			}
			step++
			if _, shared := grad[x]; !shared {
				p.Lines++
			}
			contribution, before := float64(grad[v]*local[j]), grad[x]
			grad[x] += contribution
			p.Card = []number{as(grad[v]), as(local[j]), as(contribution), as(before), as(grad[x])}
			p.From, p.To = []string{fmt.Sprint("n", i)}, []string{fmt.Sprint("n", place[x])}
			p.Edge = []string{fmt.Sprint("e", edge[v]+j)}
			p.Say = sentence(step, len(steps), formula.Name(v), formula.Name(x), steps[step-1].Formula, p.Card,
				p.Grad[place[x]] == noGrad)
			p.Grad[place[x]] = as(grad[x])
			p.Label, p.Row = fmt.Sprintf("Step %d of %d", step, len(steps)), fmt.Sprint(step)
			add()
		}
	}
	return all
}

// sentence is what a screen reader says about a step.
func sentence(step, steps int, from, to, formula string, card []number, isFirst bool) string {
	spoken := make([]string, len(card))
	for i := range card {
		spoken[i] = strings.ReplaceAll(card[i].Text, "-", "−")
	}
	local := spoken[1]
	if formula != local && formula != "½" { // which is 0.5 already
		local = formula + " = " + local
	}
	sum := spoken[4]
	if added := spoken[2]; !isFirst {
		if strings.HasPrefix(added, "−") {
			added = "(" + added + ")"
		}
		sum = spoken[3] + " + " + added + " = " + sum
	}
	return fmt.Sprintf("Step %d of %d: %s hands on its gradient %s to %s. Local derivative: %s. "+
		"Contribution %s. The gradient of %s is now %s.",
		step, steps, from, spoken[0], to, local, spoken[2], to, sum)
}

func compare(t *testing.T, got, want onPage) {
	t.Helper()
	if got.Value != got.Label || !strings.HasPrefix(got.Say, got.Label) {
		t.Errorf("slider says %q, the announcement is %q, want both about %q",
			got.Value, got.Say, got.Label)
	}
	if want.Say == "" {
		got.Say = ""
	}
	got.Say, got.Value = strings.TrimSuffix(got.Say, " Backward is done."), ""
	for _, list := range []*[]string{&got.From, &got.To, &got.Edge} {
		if len(*list) == 0 {
			*list = nil
		}
	}
	if len(got.Card) == 0 {
		got.Card = nil
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("%s: page against engine (-want +got):\n%s", want.Label, diff)
	}
}

// Every number on the page is the engine's, at every step, there and back.
func TestPageInBrowser(t *testing.T) {
	for _, name := range []string{"tutorial-A", "constants"} {
		t.Run(name, func(t *testing.T) { stepThrough(t, pageGraphs()[name]()) })
	}
}

func stepThrough(t *testing.T, root *gradus.Value) {
	t.Helper()
	b := newBrowser(t)
	b.open(root)
	want := frames(root)
	for i := range want {
		compare(t, b.read(), want[i])
		b.press(keyRight)
	}
	for i := len(want) - 1; i >= 0; i-- {
		compare(t, b.read(), want[i])
		b.press(keyLeft)
	}
	for i := range want {
		compare(t, b.read(), want[i])
		b.click("#next")
	}
	for i := len(want) - 1; i >= 0; i-- {
		compare(t, b.read(), want[i])
		b.click("#back")
	}
	last := len(want) - 1
	for _, m := range []struct {
		move func()
		at   int
	}{
		{func() { b.press(keyEnd) }, last},
		{func() { b.press(keyHome) }, 0},
		{func() { b.click("#last") }, last},
		{func() { b.click("#first") }, 0},
	} {
		m.move()
		compare(t, b.read(), want[m.at])
	}
	b.press(keyEnd)
	root.Backward()
	for i, v := range gradus.Topo(root) {
		want := as(v.Grad)
		if v.IsConst() {
			want = number{}
		}
		if got := b.read().Grad[i]; got != want {
			t.Errorf("node %d: gradient %v at the end, want that of Backward, %v", i, got, want)
		}
	}
	b.quiet()
}

// A constant alone has nothing to compute, and no gradient that the page could show.
func TestPageInBrowserConstant(t *testing.T) {
	b := newBrowser(t)
	b.open(pageGraphs()["constant"]())
	for _, id := range []string{"#last", "[value=naive]", "#last", "#first"} {
		b.click(id)
		if got := b.read(); got.Data[0] != as(3) || got.Grad[0] != (number{}) {
			t.Errorf("after %s: data %v and gradient %v, want 3 and none", id, got.Data, got.Grad)
		}
	}
	b.quiet()
}

// quiet fails if the page wrote to the console or asked the network for anything.
func (b browser) quiet() {
	b.t.Helper()
	var log []struct{ Level, Message string }
	b.call("POST", "/se/log", map[string]string{"type": "browser"}, &log)
	for _, entry := range log {
		b.t.Errorf("console: %s: %s", entry.Level, entry.Message)
	}
	var resources []string
	b.run(`return performance.getEntriesByType("resource").map(e => e.name)`, &resources)
	if len(resources) > 0 {
		b.t.Errorf("the page asks the network for %q", resources)
	}
}

// a = 1, b = a + a, c = b + b: the recursion gets 6 for dc/da, and Backward 4.
func TestPageInBrowserNaive(t *testing.T) {
	b := newBrowser(t)
	b.open(pageGraphs()["doubled-twice"]())
	b.click("[value=naive]")
	b.click("#last")
	got := b.read()
	if want := []number{as(2), as(1), as(2), as(4), as(6)}; !cmp.Equal(got.Card, want) {
		t.Errorf("last step of the recursion: %v, want %v", got.Card, want)
	}
	if want := []number{as(6), as(2), as(1)}; !cmp.Equal(got.Grad, want) {
		t.Errorf("picture after the recursion: %v, want %v", got.Grad, want)
	}
	var wrong []string
	var sum string
	b.run(`return document.querySelector("#card .to dd").textContent`, &sum)
	if sum != "4 + 2 = 6" {
		t.Errorf("the sum is shown as %q, want 4 + 2 = 6", sum)
	}
	b.run(`return [...document.querySelectorAll("tr.wrong")].map(e => e.textContent)`, &wrong)
	if want := []string{"✗ 6b2a126, not 4"}; !cmp.Equal(wrong, want) {
		t.Errorf("marked as wrong: %q, want %q", wrong, want)
	}
	var marked bool
	b.run(`return document.getElementById("player").classList.contains("wrong")`, &marked)
	b.picture("naive")
	if !marked || !strings.Contains(got.Say, "first wrong number: Backward has 4.") {
		t.Errorf("the step is announced as %q, marked: %v", got.Say, marked)
	}
	b.quiet()
}

// The keys that the page promises do what they promise, whatever has the focus.
func TestPageInBrowserKeys(t *testing.T) {
	b := newBrowser(t)
	b.open(diamond())
	const focusable = `[...document.querySelectorAll("button, input, select, summary, a, [tabindex]")]`
	var count int
	b.run("return "+focusable+".length", &count)
	if count < 10 {
		t.Errorf("%d things can have the focus, want ten or more", count)
	}
	for i := range count {
		for _, order := range []string{"naive", "backward"} {
			b.click("[value=" + order + "]")
			b.press(keyHome)
			var name string
			b.run(fmt.Sprintf("const e = %s[%d]; e.focus(); return e.outerHTML.slice(0, 60)", focusable, i), &name)
			state := func() string {
				var s string
				b.run(`return document.querySelector("[aria-pressed=true]").value +
					document.getElementById("slider").value`, &s)
				return s
			}
			var last string
			b.run(`return document.getElementById("slider").max`, &last)
			for _, tt := range []struct{ key, want string }{
				{keyRight, "1"}, {keyRight, "2"}, {keyLeft, "1"}, {keyEnd, last}, {keyHome, "0"},
			} {
				if b.press(tt.key); state() != order+tt.want {
					t.Errorf("%s has the focus: key %q leads to %s, want %s", name, tt.key, state(), order+tt.want)
				}
			}
		}
	}
	b.quiet()
}

// With Shift, arrows scroll what has the focus, and take no step.
func TestPageInBrowserShift(t *testing.T) {
	b := newBrowser(t)
	b.open(tutorialA())
	b.resize(390, 844, "light")
	b.click("#first")
	b.run(`document.getElementById("picture").scrollLeft = 0`, nil)
	const keyShift = "\ue008"
	for _, tt := range []struct {
		key  string
		want float64
	}{{keyRight, 100}, {keyRight, 200}, {keyLeft, 100}} {
		b.run(`document.getElementById("picture").focus()`, nil)
		b.call("POST", "/actions", map[string]any{"actions": []any{map[string]any{
			"type": "key", "id": "keyboard", "actions": []any{
				map[string]string{"type": "keyDown", "value": keyShift},
				map[string]string{"type": "keyDown", "value": tt.key},
				map[string]string{"type": "keyUp", "value": tt.key},
				map[string]string{"type": "keyUp", "value": keyShift},
			},
		}}}, nil)
		var got float64
		b.run(`return document.getElementById("picture").scrollLeft`, &got)
		if label := b.read().Label; got != tt.want || label != "Start" {
			t.Errorf("the picture is scrolled by %v, want %v, and the step is %q", got, tt.want, label)
		}
	}
}

// The picture of tutorial A's graph lies on the page of a desktop as a whole, and can be made larger.
func TestPageInBrowserZoom(t *testing.T) {
	b := newBrowser(t)
	b.open(tutorialA())
	hidden := func() (pixels float64) {
		b.run(`const e = document.getElementById("picture"); return e.scrollWidth - e.clientWidth`, &pixels)
		return pixels
	}
	letters := func() (pixels float64) {
		b.run(`const {width} = document.querySelector("#picture svg").getBoundingClientRect();
			return 12 * width / document.querySelector("#picture svg").viewBox.baseVal.width`, &pixels)
		return pixels
	}
	b.resize(1280, 800, "light")
	if hidden() > 0 || letters() < 10 {
		t.Errorf("1280 pixels: %v of the picture are hidden, its letters have %v", hidden(), letters())
	}
	b.resize(390, 844, "light")
	if hidden() == 0 || letters() < 8.9 {
		t.Errorf("390 pixels: %v of the picture are hidden, its letters have %v", hidden(), letters())
	}
	before := letters()
	b.click("#larger")
	if letters() < 1.2*before {
		t.Errorf("after Larger, letters have %v pixels, and had %v", letters(), before)
	}
	b.click("#smaller")
	if got := letters(); got < 0.99*before || got > 1.01*before {
		t.Errorf("after Larger and Smaller, letters have %v pixels, and had %v", got, before)
	}
	if b.click("#fit"); hidden() > 0 {
		t.Errorf("after Whole width, %v pixels are hidden", hidden())
	}
	b.quiet()
}

// At the start, the derivation says which equations are to come.
func TestPageInBrowserStart(t *testing.T) {
	b := newBrowser(t)
	b.open(diamond())
	var lines []string
	b.run(`return [...document.querySelectorAll("#derivation li")].map(e => e.innerText)`, &lines)
	want := []string{
		"df/df = …", "df/d(p·q) = …", "df/dx = …", "df/dp = …", "df/dq = …", "df/d(x²) = …", "df/d(3x) = …",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// One screen shows the picture, the buttons and the sentence of each step, on a telephone, a tablet and a
// desktop. Both ends of the edge are visible if they fit into the picture, and so are the words beside it,
// which touch no node.
func TestPageInBrowserScreen(t *testing.T) {
	b := newBrowser(t)
	graphs := map[string]func() *gradus.Value{"network": func() *gradus.Value { return layered(3, 6, 5, 2) }}
	for _, name := range []string{"tutorial-A", "diamond", "doubled-twice", "doubled-often", "layers"} {
		graphs[name] = pageGraphs()[name]
	}
	for name, graph := range graphs {
		b.open(graph())
		for _, size := range [][2]int{{390, 844}, {820, 1180}, {1280, 800}} {
			b.resize(size[0], size[1], "light")
			for _, order := range []string{"backward", "naive"} {
				b.click("[value=" + order + "]")
				var faults []string
				b.run(`scrollTo(0, 0);
					const outer = document.getElementById("picture").getBoundingClientRect();
					const slider = document.getElementById("slider"), faults = [];
					const fits = (low, high, rects) => {
						const first = Math.min(...rects.map(r => r[low])), last = Math.max(...rects.map(r => r[high]));
						return last - first > outer[high] - outer[low] || first > outer[low] - 1 && last < outer[high] + 1;
					};
					const last = Number(slider.max), stride = Math.ceil(last / 40);
					for (let i = 0; i <= last; i += stride) {
						slider.value = i;
						slider.dispatchEvent(new Event("input"));
						const label = document.getElementById("label").textContent;
						const fault = text => faults.push(label + ": " + text);
						for (const id of ["picture", "next", "slider", "say"]) {
							const {top, bottom} = document.getElementById(id).getBoundingClientRect();
							if (top < 0 || bottom > innerHeight) fault(id + " ends at " + bottom);
						}
						const all = css => [...document.querySelectorAll(css)].map(e => e.getBoundingClientRect());
						const ends = all("#picture .from, #picture .to");
						if (ends.length > 0 && !(fits("left", "right", ends) && fits("top", "bottom", ends))) {
							fault("an end of the edge is not visible");
						}
						const seen = all("#picture .node").filter(r => r.left < outer.right && r.right > outer.left &&
							r.top < outer.bottom && r.bottom > outer.top);
						if (seen.length === 0) fault("no node is visible");
						for (const words of all("#edge-label")) {
							if (!fits("left", "right", [...ends, words]) || !fits("top", "bottom", [...ends, words])) {
								fault("the words beside the edge are not visible");
							}
							const away = all("#picture .box").map(r => Math.max(r.left - words.right,
								words.left - r.right, r.top - words.bottom, words.top - r.bottom));
							if (Math.min(...away) < 2) fault("the words are " + Math.min(...away) + " away from a node");
						}
					}
					return faults`, &faults)
				if len(faults) > 0 {
					t.Errorf("%s, %d × %d, %s: faults: %d, such as %q",
						name, size[0], size[1], order, len(faults), faults[:min(3, len(faults))])
				}
			}
		}
	}
	b.quiet()
}

// On a telephone as on a desktop, only the picture and the tables scroll sideways.
func TestPageInBrowserWidths(t *testing.T) {
	b := newBrowser(t)
	for name, graph := range pageGraphs() {
		b.open(graph())
		for _, width := range []int{360, 800, 1400} {
			b.resize(width, 900, "light")
			for _, id := range []string{"#first", "#last"} {
				b.click(id)
				var got int
				b.run(`return document.documentElement.scrollWidth`, &got)
				if got > width {
					t.Errorf("%s: at %d pixels the page is %d wide (%s)", name, width, got, id)
				}
			}
		}
	}
}

// picture writes a screenshot for a person to look at, if GRADUS_SHOTS names a folder.
func (b browser) picture(name string) {
	b.t.Helper()
	folder := os.Getenv("GRADUS_SHOTS")
	if folder == "" {
		return
	}
	var shot struct{ Data string }
	b.devtools("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &shot)
	b.save(filepath.Join(folder, name+".png"), shot.Data)
	b.devtools("Page.printToPDF", map[string]any{"preferCSSPageSize": true}, &shot)
	b.save(filepath.Join(folder, name+".pdf"), shot.Data)
}

func (b browser) save(file, data string) {
	b.t.Helper()
	decoded, err := base64.StdEncoding.DecodeString(data)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, decoded, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// WCAG 2.2 AA, as far as a program can tell.
func TestPageInBrowserAccessibility(t *testing.T) {
	path := os.Getenv("GRADUS_AXE")
	if path == "" {
		t.Fatal("GRADUS_AXE is not set: npm install --prefix DIR axe-core@4.10.3, " +
			"and set it to DIR/node_modules/axe-core/axe.min.js")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t)
	for _, name := range []string{"tutorial-A", "doubled-twice", "hostile", "constants"} {
		b.open(pageGraphs()[name]())
		b.run(string(axe), nil)
		for _, scheme := range []string{"light", "dark"} {
			for _, width := range []int{390, 1280} {
				b.resize(width, 900, scheme)
				for _, css := range []string{"#first", "[value=naive]", "#last", "[value=backward]"} {
					b.click(css)
					where := fmt.Sprintf("%s, %s, %d pixels, after %s", name, scheme, width, css)
					b.checkAxe(where)
					b.checkPicture(where)
				}
				b.picture(fmt.Sprintf("%s-%s-%d", name, scheme, width))
			}
		}
	}
}

// checkPicture checks the contrasts in the picture, which axe does not look at.
func (b browser) checkPicture(where string) {
	b.t.Helper()
	var faults []string
	b.run(`const luminance = colour => colour.match(/[\d.]+/g).slice(0, 3).map(c => c / 255)
			.map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
			.reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0.05);
		const paper = getComputedStyle(document.body).backgroundColor, faults = new Set();
		const check = (css, part, least) => document.querySelectorAll("#picture " + css).forEach(e => {
			const box = e.closest(".node:not(.more)")?.querySelector(".box");
			for (const ground of [paper, box ? getComputedStyle(box).fill : paper]) {
				const [a, b] = [getComputedStyle(e)[part], ground].map(luminance);
				const contrast = Math.max(a, b) / Math.min(a, b);
				if (contrast < least) faults.add(css + " has the contrast " + contrast);
			}
		});
		check("text", "fill", 4.5);
		check(".box", "stroke", 3);
		check(".line", "stroke", 3);
		check(".head", "fill", 3);
		return [...faults]`, &faults)
	for _, fault := range faults {
		b.t.Errorf("%s: in the picture %s", where, fault)
	}
}

func (b browser) checkAxe(where string) {
	b.t.Helper()
	var found struct {
		Violations []struct {
			ID, Help string
			Nodes    []struct{ FailureSummary, HTML string }
		}
		Passes []struct{ ID string }
	}
	b.run(`return axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})`, &found)
	for _, v := range found.Violations {
		b.t.Errorf("%s: %s: %s: %v", where, v.ID, v.Help, v.Nodes)
	}
	if len(found.Passes) < 10 {
		b.t.Errorf("%s: axe checked %d rules, want more", where, len(found.Passes))
	}
}
