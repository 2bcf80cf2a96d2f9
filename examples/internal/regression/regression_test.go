package regression

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

func testPoints(width float64) Points {
	return NewPoints(rand.New(rand.NewPCG(7, 0)), width)
}

func TestDistribution(t *testing.T) {
	var x, noise []float64
	rng := rand.New(rand.NewPCG(7, 0))
	for range 100 {
		p := NewPoints(rng, 2)
		for i := range p.X {
			x = append(x, p.X[i])
			noise = append(noise, p.Y[i]-(4+3*p.X[i]))
		}
	}
	if len(x) != 10_000 || slices.Min(x) < 0 || slices.Max(x) >= 2 {
		t.Errorf("%d points from %v to %v, want 10000 from 0 to 2", len(x), slices.Min(x), slices.Max(x))
	}
	// Four standard errors of each.
	for name, got := range map[string][3]float64{
		"mean of x":     {stat.Mean(x, nil), 1, 0.024},
		"variance of x": {stat.Variance(x, nil), 1. / 3, 0.012},
		"mean noise":    {stat.Mean(noise, nil), 0, 0.012},
		"noise":         {stat.StdDev(noise, nil), 0.3, 0.0085},
	} {
		if math.Abs(got[0]-got[1]) > got[2] {
			t.Errorf("%s: %v, want %v ± %v", name, got[0], got[1], got[2])
		}
	}
}

func TestLeastSquares(t *testing.T) {
	p := Points{X: []float64{0, 1, 2}, Y: []float64{1, 3, 8}} // by hand: ȳ = 4, Sxy/Sxx = 7/2
	if got := p.LeastSquares(); got != (Line{3.5, 0.5}) {
		t.Errorf("line %v, want {3.5 0.5}", got)
	}
	if got := p.Error(Line{3.5, 0.5}); got != 1.5 {
		t.Errorf("error %v, want 1.5", got)
	}
	calls := 0
	p = testPoints(2)
	if dE := Exact(p, &calls)(p.LeastSquares()); math.Hypot(dE.M, dE.C) > 1e-11 {
		t.Errorf("gradient at the minimum is %v, want 0", dE)
	}
}

func TestGradients(t *testing.T) {
	p := testPoints(2)
	at := Line{0.5, 0.25}
	var central numeric.Difference
	want := Line{
		central.Derivative(func(m float64) float64 { return p.Error(Line{m, at.C}) }, at.M),
		central.Derivative(func(c float64) float64 { return p.Error(Line{at.M, c}) }, at.C),
	}
	for name, test := range map[string]struct {
		by        Gradient
		calls     int
		tolerance float64
	}{
		"diffp":    {ByDiffp, 4, 1e-2}, // several times spacing/h = 0.45, of derivatives of about 1000
		"autodiff": {Exact, 1, 1e-9},
	} {
		calls := 0
		got := test.by(p, &calls)(at)
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(test.tolerance, 0)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if calls != test.calls {
			t.Errorf("%s: %d evaluations, want %d", name, calls, test.calls)
		}
	}
}

func TestCurvature(t *testing.T) {
	p := testPoints(2)
	hessian := mat.NewSymDense(2, nil)
	for _, x := range p.X {
		hessian.SymRankOne(hessian, 2, mat.NewVecDense(2, []float64{x, 1}))
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(hessian, false) {
		t.Fatal("no eigenvalues")
	}
	want := slices.Max(eigen.Values(nil))
	if got := p.Curvature(); math.Abs(got/want-1) > 1e-14 {
		t.Errorf("curvature %v, want %v", got, want)
	}
	// Just below 2/λ gradient descent converges, and just above it diverges.
	for factor, grows := range map[float64]bool{0.999: false, 1.001: true} {
		e := p.GradFit(Line{}, factor*2/want, 1000, Exact).Errors
		if got := e[1000] > e[0]; got != grows {
			t.Errorf("rate %v·2/λ: error grows: %t, want %t", factor, got, grows)
		}
	}
}

// Whatever the random data are, the error falls from thousands to that of least squares, but not
// within 50 steps.
func TestConvergence(t *testing.T) {
	for seed := range uint64(4) {
		p := NewPoints(rand.New(rand.NewPCG(seed, 0)), 2)
		least := p.Error(p.LeastSquares())
		e := p.GradFit(Line{0.5, 0.5}, 0.001, 1000, Exact).Errors
		if e[0] < 1000 || e[0] > 6000 || e[50] < 1.0001*least || e[100] > 1.1*least ||
			e[1000] > 1.0001*least {
			t.Errorf("seed %d: error %v at the start, %v after 50 steps, %v after 100, %v after 1000, "+
				"least %v", seed, e[0], e[50], e[100], e[1000], least)
		}
	}
}

// Two lines that coincide are both seen: one is drawn as dots, the other on top of them. The legend
// says how far the best line is from them.
func TestChart(t *testing.T) {
	p := Points{X: []float64{0, 1, 2}, Y: []float64{1, 3, 8}} // the best line is 3.5x + 0.5
	l := Line{3.25, 0.624}
	c := p.Chart("title", p.Dots("dots", l), p.Series("fitted", l))
	dots, fitted, best := c.Series[1], c.Series[2], c.Series[3]
	if dots.Style != chart.Points || len(dots.X) < 10 || fitted.Style != chart.Line {
		t.Errorf("styles %v and %v, %d dots; want dots and a line", dots.Style, fitted.Style, len(dots.X))
	}
	for _, s := range c.Series[1:3] {
		for i, x := range s.X {
			if math.Abs(s.Y[i]-l.At(x)) > 1e-15 {
				t.Errorf("%s: (%v, %v) is not on the line", s.Name, x, s.Y[i])
			}
		}
		if s.X[0] != 0 || s.X[len(s.X)-1] != 2 {
			t.Errorf("%s is from %v to %v, want 0 to 2", s.Name, s.X[0], s.X[len(s.X)-1])
		}
	}
	if want := "best line, at most 0.38 away"; best.Name != want { // 0.376 at x = 2
		t.Errorf("%q, want %q", best.Name, want)
	}
}

// The numbers along a logarithmic axis begin with 1, those in the table with 0. The label says so.
func TestErrorChart(t *testing.T) {
	p := testPoints(2)
	c := p.ErrorChart("title", "i", chart.Sequence("errors", chart.Line, 9, 4, 1))
	if diff := cmp.Diff([]float64{1, 2, 3}, c.Series[0].X); diff != "" {
		t.Errorf("x (-want +got):\n%s", diff)
	}
	if want := "i + 1, logarithmic; the table begins with i = 0"; c.X.Label != want {
		t.Errorf("the label is %q, want %q", c.X.Label, want)
	}
	if c.Levels[0].Y != p.Error(p.LeastSquares()) {
		t.Errorf("the best line has the error %v", c.Levels[0].Y)
	}
}
