package show_test

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/cputime"
	"github.com/gradus-go/gradus/internal/shapes"
	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/show"
)

// What is said of a graph of thousands of nodes is no longer than the documentation says.
func TestBounds(t *testing.T) {
	nodes := 2000
	if slow.Wanted() {
		nodes = 10_000
	}
	for _, s := range shapes.All {
		root := s.Make(nodes)
		d := derive(t, root)
		for _, tt := range []struct {
			reader      string
			bytes, most int
		}{
			{"String", len(d.String()), 10_000},
			{"LaTeX", len(d.LaTeX()), 20_000},
			{"MathML", len(d.MathML()), 150_000},
			{"Trace", len(show.Trace(root)), 300_000},
			{"Page", len(page(t, root)), 1_000_000},
			{"DOT", len(show.DOT(root, show.FoldAuto)), 500_000},
			{"Mermaid", len(show.Mermaid(root, show.FoldAuto)), 500_000},
			{"SVG", len(show.SVG(root, show.FoldAuto)), 3_000_000},
		} {
			if tt.bytes > tt.most {
				t.Errorf("%s of %s has %d bytes, want at most %d", tt.reader, s.Name, tt.bytes, tt.most)
			}
		}
		if strings.Contains(d.String(), "too long") {
			t.Errorf("the derivation of %s is abbreviated:\n%s", s.Name, d)
		}
		if widest := regexp.MustCompile(`.{300}`).FindString(d.String()); widest != "" {
			t.Errorf("a line of the derivation of %s has more than 300 characters: %s", s.Name, widest)
		}
	}
}

// What a derivation says of the whole derivatives, with names of its own for parts of the graph or
// without, is what Backward computes.
func TestDeriveShapes(t *testing.T) {
	line := regexp.MustCompile(`(?m)^dL/d(x\d+) = (?:.*\n {6})*.* = (\S+)$`)
	for _, s := range shapes.All {
		root := s.Make(48)
		root.Backward()
		grad := map[string]float64{}
		for _, v := range gradus.Topo(root) {
			grad[v.Name()] = v.Grad
		}
		lines := line.FindAllStringSubmatch(derive(t, root).String(), -1)
		if len(lines) == 0 && s.Name != "star" { // whose derivative is a number
			t.Errorf("%s: there is no derivative in\n%s", s.Name, derive(t, root))
		}
		for _, l := range lines {
			got, _ := strconv.ParseFloat(l[2], 64)
			if want := grad[l[1]]; math.Abs(got-want) > 6e-4*math.Abs(want) { // four digits are shown
				t.Errorf("%s: %q says %v, Backward %v", s.Name, l[0], got, want)
			}
		}
	}
}

// Values that are used twice get names of their own in a long derivation.
func TestParts(t *testing.T) {
	squared := func(name string, levels int) *gradus.Value {
		v := named(name, 0.5)
		for range levels {
			v = v.Mul(v.Sin())
		}
		return v.As("L")
	}
	sines := func(n int) *gradus.Value {
		x := named("x", 0.5)
		v := x
		for i := range n {
			v = v.Mul(x.Add(float64(i + 1)).Sin())
		}
		return v.As("L")
	}
	for _, tt := range []struct {
		name string
		root *gradus.Value
		want string
	}{
		{
			"short", squared("x", 2),
			"\ndL/dx = (sin(x·sin(x)) + x·sin(x)·cos(x·sin(x)))·sin(x) + " +
				"(sin(x·sin(x)) + x·sin(x)·cos(x·sin(x)))·x·cos(x) = 0.4318\n",
		},
		{"long", squared("x", 4), `
v1 = x·sin(x) = 0.2397
v2 = v1·sin(v1) = 0.05691
v3 = v2·sin(v2) = 0.003237
dL/dv3 = sin(v3) + v3·cos(v3) = 0.006475
dv3/dv2 = sin(v2) + v2·cos(v2) = 0.1137
dL/dv2 = dL/dv3 · dv3/dv2 = (0.006475)(0.1137) = 0.0007362
dv2/dv1 = sin(v1) + v1·cos(v1) = 0.4703
dL/dv1 = dL/dv2 · dv2/dv1 = (0.0007362)(0.4703) = 0.0003462
dv1/dx = sin(x) + x·cos(x) = 0.9182
dL/dx = dL/dv1 · dv1/dx = (0.0003462)(0.9182) = 0.0003179
`},
		// Four factors and more would be parts of the usual size, but the derivative by x would be too long.
		{"many factors", sines(7), `
v1 = x·sin(x + 1)·sin(x + 2) = 0.2985
v2 = v1·sin(x + 3)·sin(x + 4) = 0.1024
v3 = v2·sin(x + 5)·sin(x + 6) = -0.01553
dL/dv3 = sin(x + 7) = 0.938
dv3/dv2 = sin(x + 6)·sin(x + 5) = -0.1518
dL/dv2 = dL/dv3 · dv3/dv2 = (0.938)(-0.1518) = -0.1424
dv2/dv1 = sin(x + 4)·sin(x + 3) = 0.3429
dL/dv1 = dL/dv2 · dv2/dv1 = (-0.1424)(0.3429) = -0.04882
∂L/∂x = v3·cos(x + 7) = -0.005385 (v3, v2, v1 held fixed)
∂v3/∂x = v2·sin(x + 5)·cos(x + 6) + sin(x + 6)·v2·cos(x + 5) = -0.05492 (v2, v1 held fixed)
∂v2/∂x = v1·sin(x + 3)·cos(x + 4) + sin(x + 4)·v1·cos(x + 3) = 0.2953 (v1 held fixed)
dv1/dx = x·sin(x + 1)·cos(x + 2) + sin(x + 2)·sin(x + 1) + sin(x + 2)·x·cos(x + 1) = 0.2186
dL/dx = v3·cos(x + 7)
      + dL/dv3 · ∂v3/∂x
      + dL/dv2 · ∂v2/∂x
      + dL/dv1 · dv1/dx
      = (-0.005385) + (0.938)(-0.05492) + (-0.1424)(0.2953) + (-0.04882)(0.2186) = -0.1096
`},
		{"folded", squared("v9", 40), `
vv1 = v9·sin(v9) = 0.2397
vv39 = vv38·sin(vv38) = 0
dL/dvv39 = sin(vv39) + vv39·cos(vv39) = 0
dvv1/dv9 = sin(v9) + v9·cos(v9) = 0.9182
dL/dv9 = dL/dvv1 · dvv1/dv9 = (0)(0.9182) = 0
… and 38 more with respect to values named vv#
… and 37 more of vv1 to vv39, which are names for this derivation alone
`},
	} {
		if got := "\n" + derive(t, tt.root).String(); got != tt.want {
			t.Errorf("%s:%s\nwant%s", tt.name, got, tt.want)
		}
	}
	const line = `v_1 &= x \sin\left(x\right) = 0.2397 \\`
	if latex := derive(t, squared("x", 4)).LaTeX(); !strings.Contains(latex, line) {
		t.Errorf("there is no line %s in\n%s", line, latex)
	}
	const step = "v2 = v1·sin(v1)"
	if trace := show.Trace(squared("x", 4)); !strings.Contains(trace, step) {
		t.Errorf("there is no node %s in\n%s", step, trace)
	}
	long := named("first.hidden.weight", 2).Mul(named("first.hidden.input", 3)).Add(named("b", 1)).As("L")
	if trace := show.Trace(long); strings.Count(trace, "v1 = first.hidden.weight·first.hidden.input ") != 1 ||
		strings.Contains(trace, "…") {
		t.Errorf("v1 is not explained once in\n%s", trace)
	}
	if trace := show.Trace(squared("x", 2)); strings.Contains(trace, "v1") {
		t.Errorf("a short trace has names of its own:\n%s", trace)
	}
}

// A derivation with names of its own is of the values that were asked for, and of the numbers that the
// graph holds now.
func TestPartsOfStaleGraph(t *testing.T) {
	x, w := named("x", 0.5), named("w", 2)
	v := w.Mul(x)
	for range 5 {
		v = v.Mul(v.Sin())
	}
	v.As("L")
	x.Data = 3
	v.Backward()
	text := derive(t, v, w).String()
	want := fmt.Sprintf(" = %.4g\n", w.Grad)
	for _, line := range []string{want, "v1 = w·x = 1\n", "dv1/dw = x = 3\n"} {
		if !strings.Contains(text, line) || strings.Contains(text, "/dx") {
			t.Errorf("want %q and no derivative by x in\n%s", line, text)
		}
	}
}

// Of long sums, the first terms are written, and how many are left out.
func TestLongSums(t *testing.T) {
	var x []*gradus.Value
	for i := range 40 {
		x = append(x, named(fmt.Sprintf("x%d", i), 1))
	}
	for _, tt := range []struct {
		name, want string
		sum        *gradus.Value
	}{
		{"a sum", "dL/ds = 2(x0 + x1 + x2 + … (37 more terms))", gradus.Sum(x...)},
		{"a mean", "dL/ds = 0.05(x0 + x1 + x2 + … (37 more terms))", gradus.Mean(x...)},
		{"a dot product", "dL/ds = 2(x0² + x1² + x2² + … (37 more terms))", gradus.Dot(x, x)},
		{"another function", "dL/ds = 2logsumexp(x0, x1, x2, … (37 more))", gradus.LogSumExp(x...)},
	} {
		L := named("s", 1).Mul(tt.sum).Mul(2).As("L")
		if got := derive(t, L).String(); !strings.Contains(got, tt.want) {
			t.Errorf("%s: want %s in\n%s", tt.name, tt.want, got)
		}
	}
}

// A long run of functions, all of whose values have names, is no product of all their derivatives.
func TestLongRuns(t *testing.T) {
	v := named("x", 1)
	for i := range 20 {
		v = v.Sin().As(fmt.Sprint("s", i))
	}
	text := derive(t, v.Mul(2).As("L")).String()
	for _, l := range strings.Split(text, "\n") {
		if n := strings.Count(l, " · "); n > 7 {
			t.Errorf("a product of %d factors: %s", n+1, l)
		}
	}
}

// A derivation takes time in proportion to the graph, also where all values have names of their own. Where
// one value is used by all others, it takes no longer.
func TestTimeOfDerivations(t *testing.T) {
	word := func(i int) (s string) { // without digits, so that nothing is folded
		for i += 26; i > 0; i /= 26 {
			s += string(rune('a' + i%26))
		}
		return s
	}
	diamonds := func(n int) *gradus.Value {
		v := named("x", 0.5)
		for i := range n {
			v = v.Sin().As("s" + word(i)).Mul(v.Cos().As("c" + word(i))).As("m" + word(i))
		}
		return v.As("L")
	}
	hub := func(n int) *gradus.Value {
		x := named("x", 0.5)
		sum := x
		for i := range n {
			sum = sum.Add(x.Mul(0.5).As(word(i)))
		}
		return sum.As("L")
	}
	took := func(root *gradus.Value) time.Duration {
		least := time.Duration(math.MaxInt64)
		for range 4 {
			begin := cputime.Used()
			derive(t, root)
			least = min(least, cputime.Used()-begin)
		}
		return least
	}
	few, many, around := took(diamonds(400)), took(diamonds(3200)), took(hub(3200))
	if many > 45*few { // each of them looks at all others
		t.Errorf("400 diamonds take %v, and 8 times as many %v", few, many)
	}
	if around > 3*many {
		t.Errorf("a value that 3200 others use takes %v, and 3200 diamonds %v", around, many)
	}
}

// Of many steps, a trace shows the first and the last.
func TestLongTrace(t *testing.T) {
	v := named("x", 1)
	for range 1500 {
		v = v.Sin()
	}
	lines := strings.Split(show.Trace(v.As("L")), "\n")
	left := strings.Join(strings.Fields(lines[501]), " ")
	if len(lines) != 1003 || left != "… (500 more) … … … … …" {
		t.Errorf("%d lines, and line 501 is %q", len(lines), left)
	}
	if !strings.HasPrefix(lines[500], "500 ") || !strings.HasPrefix(lines[502], "1001 ") {
		t.Errorf("beside what is left out are the steps\n%s\n%s", lines[500], lines[502])
	}
}
