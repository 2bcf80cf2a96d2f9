package gradcheck

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// At other numbers the slips must be the same ones in the same order, or they could not be
// compared. The graph is f = u·v + u with u = sin(x·x), v = exp(x + g) + c + 4.
func TestElsewhere(t *testing.T) {
	x, g := gradus.New(0.7).As("x"), gradus.Const(-0.4).As("g")
	u := x.Mul(x).Sin().As("u")
	unnamed := gradus.New(4)
	v := x.Add(g).Exp().Add(gradus.New(2).As("c")).Add(unnamed).As("v")
	f := u.Mul(v).Add(u).As("f")
	chains := chain.New(f).Elsewhere()
	if len(chains) != 3 {
		t.Fatalf("%d chains, want 3", len(chains))
	}
	want := beginnings(everySlip(chain.New(f)))
	for _, c := range chains {
		if diff := cmp.Diff(want, beginnings(everySlip(c))); diff != "" {
			t.Errorf("slips (-given numbers +others):\n%s", diff)
		}
		for _, v := range gradus.Topo(c.Named[0]) {
			away := map[string]float64{"x": v.Data - x.Data, "c": v.Data - 2}
			switch d, moves := away[v.Name()]; {
			case moves && math.Abs(d) < 0.1:
				t.Errorf("%s is %v, close to the given number", v.Name(), v.Data)
			case v.Name() == "g" && (v.Data != -0.4 || !v.IsConst()):
				t.Errorf("the constant g has become %v", v)
			case v.Op() == nil && v.Name() == "" && v.Data != 4:
				t.Errorf("a leaf without a name has become %v, want 4", v.Data)
			}
		}
	}
	// ln(x − 1) at 1 + 10⁻⁹ is defined hardly anywhere around it.
	edge := gradus.New(1 + 1e-9).As("x").Sub(1).Log().As("f")
	for _, c := range chain.New(edge).Elsewhere() {
		if math.IsNaN(c.Named[0].Data) {
			t.Errorf("numbers at which f is %v", c.Named[0].Data)
		}
	}
}

// beginnings returns the factor of each slip and the first word of what is done there. The rest
// may hold numbers.
func beginnings(slips []candidate) (names []string) {
	for _, s := range slips {
		names = append(names, s.factor.String()+" "+strings.Fields(s.what + " path")[0])
	}
	return names
}
