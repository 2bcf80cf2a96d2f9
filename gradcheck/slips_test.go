package gradcheck

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// 2¹⁰⁰ paths, and an expression as long: values without a name must not be written out.
func TestManyPaths(t *testing.T) {
	x := gradus.New(1).As("x")
	v := x
	for range 100 {
		v = v.Mul(1).Add(v)
	}
	f := v.Sin().As("f")
	for _, s := range everySlip(chain.New(f)) {
		if len(s.what) > 500 {
			t.Fatalf("a slip of %d bytes: %.80s…", len(s.what), s.what)
		}
	}
}

// A slip in all units of a layer changes the factors of that layer and no others, whatever
// scheme the names follow.
func TestInAllUnits(t *testing.T) {
	for _, tt := range []struct{ scheme, h1, h2, y1, y2, want string }{
		{"layer and unit", "h1[0]", "h1[1]", "y2[0]", "y2[1]", "h1[0] h1[1]"},
		{"letter and unit", "h0", "h1", "y0", "y1", "h0 h1"},
		{"subscripts", "h₀", "h₁", "y₀", "y₁", "h₀ h₁"},
		{"matrix without a layer", "h[0,0]", "h[1,0]", "y[0,0]", "y[1,0]", "h[0,0] h[1,0]"},
		{
			"of package nn", "layer1.neuron1.a", "layer1.neuron2.a", "layer2.neuron1.a", "layer2.neuron2.a",
			"layer1.neuron1.a layer1.neuron2.a",
		},
	} {
		x := gradus.New(0.3).As("x")
		h1, h2 := x.Mul(3).Tanh().As(tt.h1), x.Mul(5).Tanh().As(tt.h2)
		y1, y2 := h1.Sub(h2).Tanh().As(tt.y1), h1.Add(h2).Tanh().As(tt.y2)
		found := false
		for _, s := range everySlip(chain.New(y1.Add(y2).As("f"))) {
			if s.alike == nil || s.what != "tanh′ is missing" || s.factor.By != x {
				continue
			}
			found = true
			var units []string
			for f := range s.wrong {
				units = append(units, f.Of.Name())
			}
			slices.Sort(units)
			if got := strings.Join(units, " "); got != tt.want {
				t.Errorf("%s: in all units means in %s, want %s", tt.scheme, got, tt.want)
			}
		}
		if !found {
			t.Errorf("%s: there is no slip in all units", tt.scheme)
		}
	}
}

// A 2 or a ½ without a name is called a constant, whether it was made by Const or by New.
func TestFactorTwo(t *testing.T) {
	for _, tt := range []struct {
		name string
		half *gradus.Value
		want string
	}{
		{"a constant", gradus.Const(0.5), "twice too large: there is a constant 0.5"},
		{"a leaf without a name", gradus.New(0.5), "twice too large: there is a constant 0.5"},
		{"a constant with a name", gradus.Const(0.5).As("half"), "the factor half is missing"},
		{"another number", gradus.Const(0.25), "the factor 0.25 is missing"},
	} {
		c := chain.New(tt.half.Mul(gradus.New(3).As("x")).As("f"))
		all := everySlip(c)
		found := slices.ContainsFunc(all, func(s candidate) bool { return s.what == tt.want })
		if !found {
			t.Errorf("%s: the slips are %v, want one of %q", tt.name, all, tt.want)
		}
	}
}

// A finding for which no slip was found says so only if all were tried.
func TestSearchCutShort(t *testing.T) {
	x := gradus.New(3).As("x")
	L := x.Square().As("y").Sin().As("L")
	families, err := parse(chain.New(L), Derivation{"dL/dx": 12345.0})
	if err != nil {
		t.Fatal(err)
	}
	claims := families[0]
	const short = "the search for a usual slip ended before all were tried; look at"
	for _, tt := range []struct {
		name string
		left effort
		want string
	}{
		{"enough", effort{mostEdges, mostFactors}, "no usual slip explains it; look at"},
		{"too little to look for them", effort{1, mostFactors}, short},
		{"too little to try them", effort{mostEdges, 300}, short},
	} {
		points := []*point{newPoint(chain.New(L), claims, true, &tt.left)}
		got := find(points, 0).String()
		if !strings.Contains(got, tt.want) {
			t.Errorf("%s: got %q, want one with %q", tt.name, got, tt.want)
		}
	}
	left := effort{mostEdges, mostFactors}
	claims[0].setNumber(3*newPoint(chain.New(L), claims, true, &left).right[0], "")
	given := newPoint(chain.New(L), claims, true, &left)
	given.candidates, given.cut = []candidate{}, true
	got := find([]*point{given}, 0).String()
	if want := "it is 3 times the right number; look at"; !strings.Contains(got, want) {
		t.Errorf("what was found is kept: got %q, want one with %q", got, want)
	}
}

// Of the slips that explain several claims before, those of the first of these claims remain.
func TestRepeats(t *testing.T) {
	made := map[string]string{"a": "dL/da", "b": "dL/db", "c": "dL/da"}
	f := Finding{Name: "dL/dx", Slips: []Slip{{What: "new"}, {What: "a"}, {What: "b"}, {What: "c"}}}
	f.repeats(made, []string{"n", "a", "b", "c"})
	if !slices.Equal(f.Slips, []Slip{{What: "a"}, {What: "c"}}) || !slices.Equal(f.Follows, []string{"dL/da"}) {
		t.Errorf("slips %v as in %v, want a and c as in dL/da", f.Slips, f.Follows)
	}
	if made["n"] != "" {
		t.Errorf("the new slip is that of %s, want it forgotten", made["n"])
	}
}

// everySlip returns the candidates without a limit.
func everySlip(c *chain.Chain) []candidate {
	all, _ := candidates(c, math.MaxInt)
	return all
}
