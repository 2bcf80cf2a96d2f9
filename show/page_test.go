package show_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/show"
)

func page(t *testing.T, root *gradus.Value) []byte {
	t.Helper()
	got, err := show.Page(root)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// pageData returns what the page hands to its script.
func pageData(t *testing.T, page []byte) []byte {
	t.Helper()
	m := regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`).
		FindSubmatch(page)
	if m == nil {
		t.Fatal("the page has no data")
	}
	return m[1]
}

type pageJSON struct {
	Nodes []struct {
		Name, Op   string
		Data, Grad [2]string
		Const      bool
	}
	Backward, Naive []struct {
		Say, Right     string
		Step           int
		Node, Edge, To int
		Numbers        [][2]string
		Sets           map[int][2]string
	}
}

// unescape returns the text of a page as it is read.
func unescape(page []byte) string { return html.UnescapeString(string(page)) }

func decoded(t *testing.T, page []byte) (data pageJSON) {
	t.Helper()
	if err := json.Unmarshal(pageData(t, page), &data); err != nil {
		t.Fatal(err)
	}
	return data
}

var updatePage = flag.Bool("update-page", false, "write the golden files of the page's data")

func TestPageData(t *testing.T) {
	for _, name := range []string{"tutorial-A", "diamond"} {
		var got bytes.Buffer
		if err := json.Indent(&got, pageData(t, page(t, shapes.Pages()[name]())), "", "\t"); err != nil {
			t.Fatal(err)
		}
		golden := filepath.Join("testdata", "page-"+name+".json")
		if *updatePage {
			if err := os.WriteFile(golden, got.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got.String()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", golden, diff)
		}
	}
}

// Every number that the page holds is the engine's.
func TestPageNumbers(t *testing.T) {
	for name, graph := range shapes.Pages() {
		root := graph()
		data := decoded(t, page(t, root))
		root.Backward()
		sums := map[int][2]string{}
		for _, f := range data.Backward {
			for node, sum := range f.Sets {
				sums[node] = sum
			}
		}
		for i, v := range gradus.Topo(root) {
			n, grad := data.Nodes[i], digits(v.Grad)
			if v.IsConst() {
				grad = [2]string{}
			}
			if v.IsConst() && v == root { // Backward begins there all the same
				delete(sums, i)
			}
			if n.Data != digits(v.Data) || n.Grad != grad || sums[i] != grad || n.Const != v.IsConst() {
				t.Errorf("%s: node %d has data %v, grad %v and in the last step %v, want %v and %v",
					name, i, n.Data, n.Grad, sums[i], digits(v.Data), grad)
			}
		}
		steps := show.Steps(root)
		frames := data.Backward[len(data.Backward)-len(steps):]
		for i, s := range steps {
			f := frames[i]
			got := append(slices.Clone(f.Numbers), f.Sets[f.To])
			want := [][2]string{digits(s.Local), digits(s.Contribution), digits(s.Sum)}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s, step %d (-want +got):\n%s", name, i+1, diff)
			}
		}
	}
}

func digits(x float64) [2]string {
	infinite := strings.NewReplacer("+Inf", "∞", "-Inf", "-∞")
	return [2]string{
		infinite.Replace(strconv.FormatFloat(x, 'g', 4, 64)), infinite.Replace(strconv.FormatFloat(x, 'g', -1, 64)),
	}
}

func TestPageNaive(t *testing.T) {
	for _, tt := range []struct {
		graph         string
		step          int // with the first wrong number
		wrong, right  string
		verdict       string
		atMost, exact int // frames; exact if not 0
	}{
		{
			graph: "doubled-twice", step: 6, wrong: "6", right: "4", exact: 7,
			verdict: "The first wrong number comes with step 6: dc/da is 6, and Backward has 4. " +
				"Steps of the recursion: 6. Steps of Backward: 4.",
		},
		{
			graph: "tutorial-A", exact: 14,
			verdict: "Here it gets every number right, since no result is used twice. " +
				"Steps of the recursion: 13. Steps of Backward: 13.",
		},
		{
			graph: "doubled-often", exact: 41, // 2 + 4 + … + 2⁴⁰ steps
			verdict: "It was stopped. Steps of the recursion: 2.199e+12. Steps of Backward: 80. ",
		},
		{graph: "layers", step: 147, atMost: 50, verdict: "The first wrong number comes with step "},
		{graph: "leaf", exact: 1, verdict: "Here it gets every number right"},
	} {
		got := page(t, shapes.Pages()[tt.graph]())
		data := decoded(t, got)
		if n := len(data.Naive); tt.exact != 0 && n != tt.exact || tt.exact == 0 && n > tt.atMost {
			t.Errorf("%s: %d frames, want %d, or at most %d", tt.graph, n, tt.exact, tt.atMost)
		}
		if !strings.Contains(unescape(got), tt.verdict) {
			t.Errorf("%s: the page does not say %q", tt.graph, tt.verdict)
		}
		marked := 0
		for _, f := range data.Naive {
			if f.Right == "" {
				continue
			}
			marked++
			if f.Step != tt.step {
				t.Errorf("%s: first wrong number in step %d, want %d", tt.graph, f.Step, tt.step)
			}
			if got := f.Sets[f.To][0]; tt.right != "" && (got != tt.wrong || f.Right != tt.right) {
				t.Errorf("%s: %s beside %s, want %s beside %s", tt.graph, got, f.Right, tt.wrong, tt.right)
			}
		}
		if want := min(1, tt.step); marked != want {
			t.Errorf("%s: %d numbers are marked as wrong, want %d", tt.graph, marked, want)
		}
	}
}

// Values without a name have names that differ, on the page and in the trace, and each is explained.
func TestUnnamedValuesDiffer(t *testing.T) {
	a, b := named("a", 3), named("b", 2)
	root := a.Mul(b).Sin().Add(a.Mul(b).Cos().Mul(gradus.New(5))).Mul(gradus.New(5)).As("L")
	got := page(t, root)
	seen := map[string]bool{}
	for _, n := range decoded(t, got).Nodes {
		if seen[n.Name] {
			t.Errorf("two nodes have the name %s", n.Name)
		}
		seen[n.Name] = true
	}
	svg := unescape(got)
	for name := range seen {
		if !strings.Contains(svg, ">"+name+"</text>") {
			t.Errorf("the picture does not show the name %s", name)
		}
	}
	trace := show.Trace(root)
	for _, name := range []string{"v1 = a·b", "v2 = a·b", "v3 = 5", "v5 = 5"} {
		if !strings.Contains(trace, name+" ") {
			t.Errorf("the trace does not explain %s:\n%s", name, trace)
		}
	}
}

// A page is well formed, whatever the names are, and shows them as text.
func TestPageParses(t *testing.T) {
	for name, graph := range shapes.Pages() {
		// Scripts and styles are not markup.
		markup := regexp.MustCompile(`(?s)(<(script|style)[^>]*>).*?(</(script|style)>)`).
			ReplaceAll(page(t, graph()), []byte("$1$3"))
		d := xml.NewDecoder(bytes.NewReader(markup))
		d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
		open, ids := 0, map[string]bool{}
		for {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			switch token := token.(type) {
			case xml.StartElement:
				open++
				checkElement(t, name, token, ids)
			case xml.EndElement:
				open--
			}
		}
		if open != 0 {
			t.Errorf("%s: %d elements are not closed", name, open)
		}
	}
}

func checkElement(t *testing.T, name string, e xml.StartElement, ids map[string]bool) {
	t.Helper()
	if e.Name.Local == "img" || e.Name.Local == "b" {
		t.Errorf("%s: a name became the element %s", name, e.Name.Local)
	}
	for _, a := range e.Attr {
		switch {
		case a.Name.Local == "id" && ids[a.Value]:
			t.Errorf("%s: the id %s is not unique", name, a.Value)
		case a.Name.Local == "id":
			ids[a.Value] = true
		case a.Name.Local == "style", strings.HasPrefix(a.Name.Local, "on"):
			t.Errorf("%s: <%s %s> is against the page's policy", name, e.Name.Local, a.Name.Local)
		case a.Name.Local == "src", a.Name.Local == "href" && !strings.HasPrefix(a.Value, "#"):
			t.Errorf("%s: <%s> asks for %s", name, e.Name.Local, a.Value)
		}
	}
}

func TestPageShowsHostileNames(t *testing.T) {
	text := string(page(t, shapes.Pages()["hostile"]()))
	if got := strings.Count(text, "<script"); got != 2 {
		t.Errorf("%d scripts, want 2", got)
	}
	if strings.Contains(text, "<img") {
		t.Error("a name became an image")
	}
}

// Without its script the page shows the picture, the tables and the derivation as they are
// after Backward, and no control that does nothing.
func TestPageWithoutScript(t *testing.T) {
	root := tutorialA()
	text := unescape(page(t, root))
	root.Backward()
	for i, v := range gradus.Topo(root) {
		if v.IsConst() {
			continue
		}
		grad := regexp.MustCompile(`id="n` + strconv.Itoa(i) + `-grad"[^>]*>([^<]*)<`)
		want := "grad " + digits(v.Grad)[0]
		if got := grad.FindStringSubmatch(text); got == nil || got[1] != want {
			t.Errorf("node %d in the picture: %q, want %q", i, got, want)
		}
	}
	for _, want := range []string{
		"dL/dW2 = dL/d(W2·a) · a = (-0.6225)(0.6225) = -0.3875</li>",
		"<td>a = 0.6225</td><td>-0.3875</td><td>-0.3875</td></tr>",
		"<th scope=\"row\">½</th><td>constant</td><td>0.5</td><td>none</td></tr>",
		`<section class="screen" data-part="player" aria-label="Steps" hidden>`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// The derivation has a line for each gradient, that of an unnamed leaf among them, and none for
// constants.
func TestPageDerivationOfConstants(t *testing.T) {
	text := unescape(page(t, shapes.Pages()["constants"]()))
	var got []string
	for _, m := range regexp.MustCompile(`<li data-node="\d+">(.*?)</li>`).FindAllStringSubmatch(text, -1) {
		got = append(got, m[1])
	}
	want := []string{
		"dy/dy = 1",
		"dy/d(c(5x)²) = dy/dy · 1 = (1)(1) = 1",
		"dy/d(c²) = dy/dy · 1 = (1)(1) = 1",
		"dy/d((5x)²) = dy/d(c(5x)²) · c = (1)(2) = 2",
		"dy/d(5x) = dy/d((5x)²) · 10x = (2)(30) = 60",
		"dy/dx = dy/d(5x) · 5 = (60)(5) = 300",
		"dy/d(5) = dy/d(5x) · x = (60)(3) = 180",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The policy names the script and the style that are there: without a network, and nothing
// else runs.
func TestPagePolicy(t *testing.T) {
	text := unescape(page(t, tutorialA()))
	policy := regexp.MustCompile(`content="default-src 'none'; script-src 'sha256-[^ ;]{44}'; ` +
		`style-src 'sha256-[^ ;]{44}'; base-uri 'none'; form-action 'none'"`)
	if !policy.MatchString(text) {
		t.Error("the page has no policy that forbids the network")
	}
	if regexp.MustCompile(`https?://`).MatchString(strings.ReplaceAll(text, svgNamespace, "")) {
		t.Error("the page has an address in it")
	}
}

const svgNamespace = "http://www.w3.org/2000/svg"

// Of a large graph, the page shows a part next to the root, with the gradients of the whole graph.
func TestPagePart(t *testing.T) {
	deep := named("x", 1)
	for range 400 {
		deep = deep.Sin()
	}
	wide := make([]*gradus.Value, 1001)
	for i := range wide {
		wide[i] = named("x"+strconv.Itoa(i), 1)
	}
	graphs := map[string]func(int) *gradus.Value{}
	for _, s := range shapes.All {
		graphs[s.Name] = s.Make
	}
	for _, tt := range []struct {
		name         string
		root         *gradus.Value
		nodes, boxes int // in the picture
		others       int // rows of the table about what is not
	}{
		{"as large as can be", deep.Parents()[0].As("L"), 400, 0, 0},
		{"a node more", deep.As("M"), 400, 1, 1},
		{"too many operands", gradus.Sum(wide...), 21, 1, 979},
		{"a network", graphs["MLP"](10_000), 400, 148, 600},
	} {
		text := page(t, tt.root)
		data := decoded(t, text)
		boxes := bytes.Count(text, []byte(`class="node more"`))
		if len(data.Nodes) != tt.nodes || boxes != tt.boxes {
			t.Errorf("%s: %d nodes and %d boxes, want %d and %d", tt.name, len(data.Nodes), boxes, tt.nodes, tt.boxes)
		}
		_, others, _ := strings.Cut(string(text), "Not in the picture:")
		if rows := strings.Count(others, `<th scope="row">`); rows != tt.others {
			t.Errorf("%s: %d rows about the rest, want %d", tt.name, rows, tt.others)
		}
		tt.root.Backward()
		grad := map[string][2]string{}
		for _, v := range gradus.Topo(tt.root) {
			grad[v.Name()] = digits(v.Grad)
		}
		for _, n := range data.Nodes {
			if want, ok := grad[n.Name]; ok && n.Grad != want {
				t.Errorf("%s: the gradient of %s is %v, want %v", tt.name, n.Name, n.Grad, want)
			}
		}
		row := regexp.MustCompile(`<th scope="row">(x\d+)</th><td>leaf</td><td>\S+</td><td>(\S+)</td>`)
		for _, r := range row.FindAllStringSubmatch(others, -1) {
			if want := grad[r[1]][0]; r[2] != want {
				t.Errorf("%s: beside the picture, the gradient of %s is %s, want %s", tt.name, r[1], r[2], want)
			}
		}
		sentence := fmt.Sprintf("The graph has %d nodes.", len(gradus.Topo(tt.root)))
		if strings.Contains(string(text), sentence) != (tt.boxes > 0) {
			t.Errorf("%s: the sentence %q is missing or wrong", tt.name, sentence)
		}
	}
}

func TestPageLeavesGraphAlone(t *testing.T) {
	for name, graph := range shapes.Pages() {
		root := graph()
		before := snapshot(root)
		first := page(t, root)
		if diff := cmp.Diff(before, snapshot(root)); diff != "" {
			t.Errorf("%s changed (-before +after):\n%s", name, diff)
		}
		root.Backward()
		root.Backward()
		before = snapshot(root)
		if again := page(t, root); !bytes.Equal(first, again) {
			t.Errorf("%s: the page of the same graph after Backward differs", name)
		}
		if diff := cmp.Diff(before, snapshot(root)); diff != "" {
			t.Errorf("%s changed (-before +after):\n%s", name, diff)
		}
	}
}

func snapshot(root *gradus.Value) (s []string) {
	for _, v := range gradus.Topo(root) {
		s = append(s, v.String())
	}
	return s
}

// After a write to Data, Backward takes each local derivative at what it finds: so does the
// page.
func TestPageOfStaleGraph(t *testing.T) {
	x := named("x", 3)
	y := x.Mul(x).As("y")
	x.Data = 5
	data := decoded(t, page(t, y))
	if got, want := data.Nodes[1].Data, digits(9); got != want {
		t.Errorf("y = %v, want %v", got, want)
	}
	if got, want := data.Nodes[0].Grad, digits(10); got != want {
		t.Errorf("dy/dx = %v, want %v", got, want)
	}
}

// The bound: 200 nodes in less than 300 kB.
func TestPageSize(t *testing.T) {
	v := named("x0", 1)
	for i := 1; i < 50; i++ {
		x, w := named("x"+strconv.Itoa(i), 0.1234567), named("w"+strconv.Itoa(i), -1.2345678)
		v = v.Add(x.Mul(w))
	}
	v = v.Tanh().Sigmoid().Neg()
	n := len(gradus.Topo(v))
	if got := len(page(t, v)); n != 200 || got >= 300_000 {
		t.Errorf("the page of %d nodes has %d bytes, want less than 300,000 for 200", n, got)
	}
}
