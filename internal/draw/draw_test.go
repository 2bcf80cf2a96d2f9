package draw

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/cputime"
	"github.com/gradus-go/gradus/internal/draw/layout"
)

var update = flag.Bool("update", false, "write the golden files of the drawings")

// graphs are those that the golden files show.
var graphs = map[string]func() *gradus.Value{
	"tutorial": tutorial,
	"tutorial-after": func() *gradus.Value {
		L := tutorial()
		L.Backward()
		return L
	},
	"diamond": func() *gradus.Value {
		a := gradus.New(3).As("a")
		return a.Mul(2).As("b").Add(a.Square().As("c")).As("d")
	},
	"twice": func() *gradus.Value {
		a := gradus.New(3).As("a")
		L := a.Mul(a).As("L")
		L.Backward()
		return L
	},
	// An unnamed leaf, a named constant and two unnamed ones, before Backward.
	"leaves": func() *gradus.Value {
		g, m := gradus.Const(9.81).As("g"), gradus.New(2)
		return gradus.Const(0.5).Mul(g).Mul(m.Pow(2)).As("h")
	},
	"net": func() *gradus.Value { return net("%s%d[%d]", "w%d[%d,%d]") },
}

// tutorial is the graph of examples/backprop.
func tutorial() *gradus.Value {
	x, t := gradus.New(1).As("x"), gradus.New(0).As("t")
	W1, b1 := gradus.New(0.5).As("W1"), gradus.New(0).As("b1")
	W2, b2 := gradus.New(-1).As("W2"), gradus.New(0).As("b2")
	z := W1.Mul(x).Add(b1).As("z")
	a := z.Sigmoid().As("a")
	y := W2.Mul(a).Add(b2).As("y")
	return gradus.Const(0.5).Mul(y.Sub(t).Square()).As("L")
}

// net is a [2,3,3,2] sigmoid network with half the squared error, after Backward. The
// formats name a value of a layer and a weight.
func net(value, weight string) *gradus.Value {
	var below, terms []*gradus.Value
	for i := range 2 {
		below = append(below, gradus.New(0.5+float64(i)).As(fmt.Sprintf("x[%d]", i)))
	}
	for layer, size := range []int{3, 3, 2} {
		var above []*gradus.Value
		for i := range size {
			z := gradus.New(0.1 * float64(i)).As(fmt.Sprintf(value, "b", layer+1, i))
			for j, x := range below {
				w := gradus.New(0.25*float64(i) - 0.5*float64(j) + 0.1).As(fmt.Sprintf(weight, layer+1, i, j))
				z = z.Add(w.Mul(x))
			}
			a := z.As(fmt.Sprintf(value, "z", layer+1, i)).Sigmoid()
			above = append(above, a.As(fmt.Sprintf(value, "a", layer+1, i)))
		}
		below = above
	}
	for i, a := range below {
		t := gradus.New(float64(i)).As(fmt.Sprintf("t[%d]", i))
		terms = append(terms, a.Sub(t).Square())
	}
	L := gradus.Const(0.5).Mul(gradus.Sum(terms...)).As("L")
	L.Backward()
	return L
}

var folds = map[string]Fold{"nothing": FoldNothing, "names": FoldNames, "layers": FoldLayers}

func TestGoldenDrawings(t *testing.T) {
	for graph, build := range graphs {
		for name, fold := range folds {
			root := build()
			for ending, got := range map[string]string{
				"dot": DOT(root, fold), "mmd": Mermaid(root, fold), "svg": string(SVG(root, fold)),
			} {
				file := filepath.Join("testdata", graph+"-"+name+"."+ending)
				t.Run(file, func(t *testing.T) { golden(t, file, got) })
			}
		}
	}
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("-want +got, -update writes it anew:\n%s", diff)
	}
}

// parse returns the ids of a picture, and an error if it is no XML.
func parse(svg []byte) (ids map[string]int, err error) {
	ids = map[string]int{}
	for d := xml.NewDecoder(bytes.NewReader(svg)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return ids, nil
		}
		if err != nil {
			return nil, err
		}
		if e, ok := token.(xml.StartElement); ok {
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					ids[a.Value]++
				}
			}
		}
	}
}

// Every picture is well-formed, and no id occurs twice.
func TestPictureIDs(t *testing.T) {
	for graph, build := range graphs {
		for name, fold := range folds {
			ids, err := parse(SVG(build(), fold))
			if err != nil {
				t.Errorf("%s, %s: %v", graph, name, err)
			}
			for id, n := range ids {
				if n > 1 {
					t.Errorf("%s, %s: the id %s occurs %d times", graph, name, id, n)
				}
			}
		}
	}
}

// Node and edge i of the model have the ids that the page looks for, and the texts too.
func TestPictureIDsAreTheModels(t *testing.T) {
	for graph, build := range graphs {
		root := build()
		m, want := NewModel(root), map[string]int{}
		for i := range m.Nodes {
			want[nodeID(i)], want[nodeID(i)+"-data"] = 1, 1
			if !m.Nodes[i].IsConst() {
				want[nodeID(i)+"-grad"] = 1
			}
		}
		for i := range m.Edges {
			want[edgeID(i)] = 1
		}
		got, err := parse(SVG(root, FoldNothing))
		if err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: ids -want +got:\n%s", graph, diff)
		}
		folded, err := parse(SVG(root, FoldNames))
		if err != nil {
			t.Error(err)
		}
		for i, v := range m.Nodes {
			if kept := v.Name() != "" || v == root; kept != (folded[nodeID(i)] == 1) {
				t.Errorf("%s: node %d, %v, drawn among those with a name: %v", graph, i, v, !kept)
			}
		}
	}
}

func TestInlinePicture(t *testing.T) {
	var b strings.Builder
	newDrawing(tutorial(), FoldNothing).svg(&b, true)
	svg := b.String()
	if !strings.HasPrefix(svg, "<svg ") || !strings.Contains(svg, ` viewBox="0 0 `) ||
		!strings.Contains(svg, ` role="img" `) ||
		!strings.Contains(svg, "<title>Graph of L: 15 nodes</title>") {
		t.Errorf("begins with %s", svg[:300])
	}
	for _, s := range []string{"<?xml", "<style", "style=", "stroke=", "#", "rgb"} {
		if strings.Contains(svg, s) {
			t.Errorf("contains %s, want the page's style alone", s)
		}
	}
	if _, err := parse([]byte(svg)); err != nil {
		t.Error(err)
	}
}

// A gradient that is 0 says so, and one that is not computed says that.
func TestUncomputedGradient(t *testing.T) {
	const says, marks = "no grad yet", "nograd"
	x := gradus.New(0).As("x")
	y := x.Square().As("y")
	draw := map[string]func() string{
		"dot": func() string { return DOT(y, FoldNothing) },
		"mmd": func() string { return Mermaid(y, FoldNothing) },
		"svg": func() string { return string(SVG(y, FoldNothing)) },
	}
	for ending, drawn := range draw {
		s := drawn()
		if strings.Count(s, says) != 2 || strings.Contains(s, "grad 0") {
			t.Errorf("%s before Backward, want twice %q:\n%s", ending, says, s)
		}
		if ending == "svg" && strings.Count(s, marks+`"`) != 2 {
			t.Errorf("svg does not mark two nodes as %s:\n%s", marks, s)
		}
	}
	y.Backward()
	for ending, drawn := range draw {
		if s := drawn(); strings.Contains(s, says) || !strings.Contains(s, "grad 0") {
			t.Errorf("%s after Backward, want the gradient 0:\n%s", ending, s)
		}
	}
}

func TestHostileNames(t *testing.T) {
	const middle = "longlonglonglongl…onglonglonglong2"
	for _, test := range []struct {
		name              string
		dot, mermaid, svg string
	}{
		{`a<b`, `a<b`, `a#60;b`, `a&lt;b`},
		{`say "x"`, `say \"x\"`, `say #34;x#34;`, `say &#34;x&#34;`},
		{`&lt;`, `&amp;lt;`, `#38;lt;`, `&amp;lt;`},
		{"two\nlines\r\x00", "two lines  ", "two lines  ", "two lines  "},
		{`w[1,2]`, `w[1,2]`, `w[1,2]`, `w[1,2]`},
		{`\N\l`, `\\N\\l`, `#92;N#92;l`, `\N\l`},
		{`#35;`, `#35;`, `#35;35;`, `#35;`},
		{`]]>`, `]]>`, `]]#62;`, `]]&gt;`},
		{"`**b**`", "`**b**`", `#96;#42;#42;b#42;#42;#96;`, "`**b**`"},
		{`1. x`, `1. x`, `1#46; x`, `1. x`},
		{`12) x`, `12) x`, `12#41; x`, `12) x`},
		{`- x`, `- x`, `#45; x`, `- x`},
		{`重み`, `重み`, `重み`, `重み`},
		{"bad \xff", "bad \uFFFD", "bad \uFFFD", "bad \uFFFD"},
		{"turned \u202e", "turned  ", "turned  ", "turned  "},
		{strings.Repeat("long", 20) + "2", middle, middle, middle}, // and not the same as a name that ends with 1
	} {
		root := gradus.New(1).As(test.name)
		want, got := `label="`+test.dot+`\ndata`, DOT(root, FoldNothing)
		if !strings.Contains(got, want) {
			t.Errorf("%q: DOT has no %s:\n%s", test.name, want, got)
		}
		want, got = `n0[["`+test.mermaid+`<br>data`, Mermaid(root, FoldNothing)
		if !strings.Contains(got, want) {
			t.Errorf("%q: Mermaid has no %s:\n%s", test.name, want, got)
		}
		svg := SVG(root, FoldNothing)
		if want := `>` + test.svg + `</text>`; !bytes.Contains(svg, []byte(want)) {
			t.Errorf("%q: SVG has no %s:\n%s", test.name, want, svg)
		}
		if _, err := parse(svg); err != nil {
			t.Errorf("%q: %v", test.name, err)
		}
	}
}

// Text is legible, and lines can be seen, on light and on dark, by WCAG 2.1 level AA.
func TestContrast(t *testing.T) {
	for _, test := range []struct {
		of         map[role]colouring
		ink, paper string
	}{{light, ink, paper}, {dark, darkInk, darkPaper}} {
		if c := contrast(test.ink, test.paper); c < 4.5 {
			t.Errorf("ink on paper: %.2f", c)
		}
		for _, r := range roles {
			if c := contrast(test.ink, test.of[r].fill); c < 4.5 {
				t.Errorf("ink on %s: %.2f, want 4.5", r, c)
			}
			if c := contrast(test.of[r].line, test.paper); c < 3 {
				t.Errorf("line of %s on paper: %.2f, want 3", r, c)
			}
		}
	}
}

// contrast is WCAG's ratio of two colours.
func contrast(a, b string) float64 {
	luminance := func(colour string) (l float64) {
		for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
			n, _ := strconv.ParseUint(colour[1+2*i:3+2*i], 16, 8)
			c := float64(n) / 255
			if c <= 0.04045 {
				l += weight * c / 12.92
			} else {
				l += weight * math.Pow((c+0.055)/1.055, 2.4)
			}
		}
		return l + 0.05
	}
	x, y := luminance(a), luminance(b)
	return max(x, y) / min(x, y)
}

// A line of a monospaced font of 12 pixels, 0.602 em a character and 1 em a wide one, fits.
func TestTextFits(t *testing.T) {
	for _, name := range []string{"W", strings.Repeat("W", 34), strings.Repeat("重み", 17), "x₁²"} {
		for _, r := range roles {
			n := drawn{role: r, text: [4]string{name, "+", "data -1.234e-308", pendingText}}
			room := n.size().Width - 2*2 // the line around it
			if r == result {
				room -= 2 * inset
			}
			for _, line := range n.lines() {
				need := 0.0
				for _, c := range line {
					if c > 0x3000 {
						need += 12
					} else {
						need += 0.602 * 12
					}
				}
				if need > room {
					t.Errorf("%s: %q needs %.1f and has %.1f", r, line, need, room)
				}
			}
		}
	}
	computed := drawn{role: leaf, text: [4]string{"x", "", "data 1", "grad 1"}}
	before := drawn{role: leaf, text: [4]string{"x", "", "data 1", pendingText}, pending: true}
	if computed.size() != before.size() {
		t.Errorf("size %v before Backward and %v after", before.size(), computed.size())
	}
}

// Only what Const makes, or a number that is an operand, is a constant. Its gradient is shown
// neither before Backward nor after.
func TestLeaves(t *testing.T) {
	x, c, p := gradus.New(1), gradus.Const(2).As("c"), gradus.New(3).As("p")
	L := gradus.Sum(x, c, p.Mul(4))
	for _, test := range []struct {
		v           *gradus.Value
		role        role
		text        []string
		grad, class string
	}{
		{x, leaf, []string{"data 1"}, "grad 1", "node leaf"},
		{c, constant, []string{"c", "data 2"}, "", "node const"},
		{p, leaf, []string{"p", "data 3"}, "grad 4", "node leaf"},
		{L.Parents()[2].Parents()[1], constant, []string{"data 4"}, "", "node const"},
	} {
		for _, computed := range []bool{false, true} {
			L.ZeroGrad()
			want, class := slices.Clone(test.text), test.class
			if computed {
				L.Backward()
			}
			switch {
			case test.grad == "":
			case computed:
				want = append(want, test.grad)
			default:
				want, class = append(want, pendingText), class+" nograd"
			}
			m := NewModel(L)
			got := m.single(m.Place[test.v], false)
			if diff := cmp.Diff(want, got.lines()); diff != "" || got.role != test.role {
				t.Errorf("%v has the role %s, want %s; its text (-want +got):\n%s", test.v, got.role, test.role, diff)
			}
			if svg := string(SVG(L, FoldNothing)); !strings.Contains(svg, `id="`+got.id+`" class="`+class+`"`) {
				t.Errorf("%v: no node %s of class %q in\n%s", test.v, got.id, class, svg)
			}
		}
	}
}

// What is straight in an edge is one stroke, however many columns the edge passes, and each bend takes the
// same time.
func TestStrokes(t *testing.T) {
	twice := regexp.MustCompile(`H[0-9.]+H`)
	for name, graph := range graphs {
		if path := twice.FindString(string(SVG(graph(), FoldNothing))); path != "" {
			t.Errorf("%s: two strokes in one direction: %s", name, path)
		}
	}
	took := func(bends int) time.Duration {
		points := []layout.Point{{}}
		for i := range bends {
			x, y := float64(4*i), float64(i)
			points = append(points, layout.Point{X: x + 2, Y: y}, layout.Point{X: x + 3, Y: y + 1})
		}
		points = append(points, layout.Point{X: float64(4 * bends), Y: float64(bends)})
		least := time.Duration(math.MaxInt64)
		for range 5 {
			begin := cputime.Used()
			drawn{}.arrow(points, points[len(points)-1], layout.Size{Width: 1, Height: 1})
			least = min(least, cputime.Used()-begin)
		}
		return least
	}
	if few, many := took(2000), took(16_000); many > 24*few {
		t.Errorf("8 times as many bends take %.0f times as long", float64(many)/float64(few))
	}
}

// A picture of 200 nodes leaves room on a page of 300 kB.
func TestPictureSize(t *testing.T) {
	v := gradus.New(0.5).As("x")
	for i := range 66 {
		v = v.Mul(1.01).Tanh().As(fmt.Sprint("layer", i))
	}
	if n, size := len(gradus.Topo(v)), len(SVG(v, FoldNothing)); n != 199 || size > 150_000 {
		t.Errorf("%d bytes for %d nodes, want at most 150,000 for 199", size, n)
	}
}

// The picture of a network whose weight is used in each of its steps grows as its steps do.
func TestPictureGrows(t *testing.T) {
	for _, fold := range []Fold{FoldNothing, FoldNames} {
		few, many := len(SVG(recurrent(50), fold)), len(SVG(recurrent(200), fold))
		if growth := float64(many) / float64(few); growth > 4.4 {
			t.Errorf("fold %d: %d bytes for 50 steps, %d for 200, %.1f times as many; want about 4",
				fold, few, many, growth)
		}
	}
}
