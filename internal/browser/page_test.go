package browser_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/show"
)

func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }

// A pageTab is a tab with the page of a graph.
type pageTab struct {
	*browser.Tab
	t *testing.T
}

func newPageTab(t *testing.T, root *gradus.Value) pageTab {
	t.Helper()
	p := pageTab{browser.New(t), t}
	p.show(root)
	return p
}

// show opens the page of a graph.
func (p pageTab) show(root *gradus.Value) {
	p.t.Helper()
	page, err := show.Page(root)
	if err != nil {
		p.t.Fatal(err)
	}
	p.Show(page)
}

// part returns the selector of a part of the stepper.
func part(name string) string { return "[data-part=" + name + "]" }

// parts defines part, which returns a part of the stepper, for a script.
const parts = "const part = name => document.querySelector(`[data-part=${name}]`);\n"

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
func (p pageTab) read() onPage {
	p.t.Helper()
	return browser.Eval[onPage](p.Tab, parts+`
		const number = e => e ? {
			Text: e.textContent.replace(/^(data|grad) /, ""), Exact: e.dataset.exact || "",
		} : {};
		const all = css => [...document.querySelectorAll(css)];
		const nodes = [...Array(all("svg [id$='-data']").length).keys()];
		const card = ["gradient", "local", "contribution", "before", "sum"].map(part);
		return {
			Label: part("label").textContent, Say: part("say").textContent,
			Value: part("slider").getAttribute("aria-valuetext"),
			Card: card.filter(e => e.offsetParent).map(number),
			Data: nodes.map(i => number(document.getElementById("n" + i + "-data"))),
			Grad: nodes.map(i => number(document.getElementById("n" + i + "-grad"))),
			From: all("svg .from").map(e => e.id), To: all("svg .to").map(e => e.id),
			Edge: all("svg .edge.now").map(e => e.id),
			Lines: part("derivation").querySelectorAll("li:not(.later)").length,
			Row: all("tr[aria-current] th").map(e => e.textContent).join(),
		}`)
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
func TestPageSteps(t *testing.T) {
	for _, name := range []string{"tutorial-A", "constants"} {
		t.Run(name, func(t *testing.T) { stepThrough(t, shapes.Pages()[name]()) })
	}
}

func stepThrough(t *testing.T, root *gradus.Value) {
	t.Helper()
	p := newPageTab(t, root)
	want := frames(root)
	for i := range want {
		compare(t, p.read(), want[i])
		p.Press(browser.Right)
	}
	for i := len(want) - 1; i >= 0; i-- {
		compare(t, p.read(), want[i])
		p.Press(browser.Left)
	}
	for i := range want {
		compare(t, p.read(), want[i])
		p.Click(part("next"))
	}
	for i := len(want) - 1; i >= 0; i-- {
		compare(t, p.read(), want[i])
		p.Click(part("back"))
	}
	last := len(want) - 1
	for _, m := range []struct {
		move func()
		at   int
	}{
		{func() { p.Press(browser.End) }, last},
		{func() { p.Press(browser.Home) }, 0},
		{func() { p.Click(part("last")) }, last},
		{func() { p.Click(part("first")) }, 0},
	} {
		m.move()
		compare(t, p.read(), want[m.at])
	}
	p.Press(browser.End)
	root.Backward()
	for i, v := range gradus.Topo(root) {
		want := as(v.Grad)
		if v.IsConst() {
			want = number{}
		}
		if got := p.read().Grad[i]; got != want {
			t.Errorf("node %d: gradient %v at the end, want that of Backward, %v", i, got, want)
		}
	}
	p.Offline()
}

// A constant alone has nothing to compute, and no gradient that the page could show.
func TestPageConstant(t *testing.T) {
	p := newPageTab(t, shapes.Pages()["constant"]())
	check := func(after string) {
		t.Helper()
		if got := p.read(); got.Data[0] != as(3) || got.Grad[0] != (number{}) {
			t.Errorf("after %s: data %v and gradient %v, want 3 and none", after, got.Data, got.Grad)
		}
	}
	check("the beginning")
	for _, css := range []string{part("last"), "[value=naive]", part("last"), part("first")} {
		p.Click(css)
		check(css)
	}
	p.Offline()
}

// a = 1, b = a + a, c = b + b: the recursion gets 6 for dc/da, and Backward 4.
func TestPageNaive(t *testing.T) {
	p := newPageTab(t, shapes.Pages()["doubled-twice"]())
	p.Click("[value=naive]")
	p.Click(part("last"))
	got := p.read()
	if want := []number{as(2), as(1), as(2), as(4), as(6)}; !cmp.Equal(got.Card, want) {
		t.Errorf("last step of the recursion: %v, want %v", got.Card, want)
	}
	if want := []number{as(6), as(2), as(1)}; !cmp.Equal(got.Grad, want) {
		t.Errorf("picture after the recursion: %v, want %v", got.Grad, want)
	}
	sum := browser.Eval[string](p.Tab, `return document.querySelector("[data-part=card] .to dd").textContent`)
	if sum != "4 + 2 = 6" {
		t.Errorf("the sum is shown as %q, want 4 + 2 = 6", sum)
	}
	wrong := browser.Eval[[]string](p.Tab,
		`return [...document.querySelectorAll("tr.wrong")].map(e => e.textContent)`)
	if want := []string{"✗ 6b2a126, not 4"}; !cmp.Equal(wrong, want) {
		t.Errorf("marked as wrong: %q, want %q", wrong, want)
	}
	inPicture := browser.Eval[string](p.Tab, parts+`
		return [...part("picture").querySelectorAll(".wrong")].map(e => e.id).join()`)
	if inPicture != "n0" {
		t.Errorf("marked as wrong in the picture: %q, want n0, which is a", inPicture)
	}
	marked := browser.Eval[bool](p.Tab, parts+`return part("player").classList.contains("wrong")`)
	p.Shot("naive")
	if !marked || !strings.Contains(got.Say, "first wrong number: Backward has 4.") {
		t.Errorf("the step is announced as %q, marked: %v", got.Say, marked)
	}
	p.Offline()
}
