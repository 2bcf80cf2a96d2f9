package main

import (
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/gradcheck/numeric"
)

// The golden files can be written again with -update; these numbers, which are the text's, cannot.
func TestTutorialNumbers(t *testing.T) {
	var out strings.Builder
	tutorial(report.New(&out), config{seed: 7, clock: stopped})
	for _, want := range []string{
		"16", "100", "30", "130.5", "1", "5", "9", "3", "[2, 4, 6]", "[1, 4, 9]", "4.0", "4", "1000",
		"12.0", "12", "5.002220859751105", "39.960923459148034", "3.000266701747023",
		"1.000088900582341", "192.01706891180947", "192.03413934105515", "200",
	} {
		if !strings.Contains(out.String(), " "+want+"  ") {
			t.Errorf("the text's %s is not in the output", want)
		}
	}
}

func TestNetworkGradients(t *testing.T) {
	w, x, y := weights{0.5, -0.25, 1.5, 0.75}, 0.3, 4.0
	var uncounted counter
	var want weights
	for i := range want {
		want[i] = numeric.Difference{}.Partial(uncounted.errorNN, i, w[0], w[1], w[2], w[3], x, y)
	}
	for name, test := range map[string]struct {
		gradient  pointGradient
		tolerance float64
		calls     counter
	}{
		"whole network": {(*counter).numeric, 5e-3, counter{calls: 24}},
		"chain rule":    {(*counter).chainRule, 5e-3, counter{calls: 14}},
		"autodiff":      {autodiff(), 1e-9, counter{calls: 3, back: 1}},
	} {
		var n counter
		got := test.gradient(&n, w, x, y)
		if diff := cmp.Diff(want, got, cmpopts.EquateApprox(test.tolerance, 0)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		if n != test.calls {
			t.Errorf("%s: %+v, want %+v", name, n, test.calls)
		}
	}
	l, o1 := w.line(), 1.5*(0.5*x-0.25)+0.75
	if got := l.At(x); math.Abs(got-o1) > 1e-15 {
		t.Errorf("the line is %v at x, the network %v", got, o1)
	}
}

func TestTrain(t *testing.T) {
	p := regression.NewPoints(rand.New(rand.NewPCG(7, 0)), 1)
	least := p.Error(p.LeastSquares())
	first := train(p, 0.001, 100, stopped, (*counter).numeric)
	second := train(p, 0.01, 50, stopped, (*counter).chainRule)
	third := train(p, 0.01, 50, stopped, autodiff())
	for i, test := range []struct {
		*fit
		want counter
	}{
		{first, counter{steps: 10_000, calls: 240_000}},
		{second, counter{steps: 5_000, calls: 70_000}},
		{third, counter{steps: 5_000, calls: 15_000, back: 5_000}},
	} {
		if test.counter != test.want {
			t.Errorf("version %d: %+v, want %+v", i+1, test.counter, test.want)
		}
		if e := test.errors[len(test.errors)-1]; e < least || e > 1.1*least {
			t.Errorf("version %d: error %v at the end, want that of least squares, %v", i+1, e, least)
		}
	}
	if diff := cmp.Diff(second.errors, third.errors, cmpopts.EquateApprox(1e-3, 0)); diff != "" {
		t.Errorf("errors with numeric and with exact factors (-numeric +exact):\n%s", diff)
	}
}

func TestCharts(t *testing.T) {
	r := report.New(io.Discard)
	rates := differentiation(r)
	for i, x := range rates.Series[0].X {
		c, l := rates.Series[0].Y[i], rates.Series[1].Y[i]
		if math.Abs(c-3) > 1e-9 || math.Abs(l-2*x) > 1e-9 {
			t.Errorf("rates of change at %v: %v and %v, want 3 and %v", x, c, l, 2*x)
		}
	}
	sweep := stepSize(r)
	if !sweep.X.Log || !sweep.Y.Log || sweep.Marks[0].X != 1e-12 {
		t.Errorf("axes %+v and %+v, marks %v; want two logarithmic ones and 1e-12",
			sweep.X, sweep.Y, sweep.Marks)
	}
	forward, central := sweep.Series[0], sweep.Series[1]
	at := slices.Index(forward.X, 1e-12)
	if got := forward.Y[at]; math.Abs(got-0.01706891180947) > 1e-12 {
		t.Errorf("forward difference at 1e-12: error %v, want that of the text's digits", got)
	}
	if best := slices.Min(central.Y); best > 1e-8 || best >= slices.Min(forward.Y) {
		t.Errorf("best central difference: error %v, want less than 1e-8", best)
	}
}

// Each picture shows these series: their names, styles, numbers of points and last values.
func TestAlbum(t *testing.T) {
	type series struct {
		Name  string
		Style chart.Style
		N     int     // points
		Last  float64 // y of the last of them, rounded
	}
	got := map[string][]series{}
	for _, p := range tutorial(report.New(io.Discard), config{seed: 7, clock: stopped}) {
		c := p.Drawing.(chart.Chart)
		for _, s := range c.Series {
			last := math.Round(1e5*s.Y[len(s.Y)-1]) / 1e5
			got[p.File] = append(got[p.File], series{s.Name, s.Style, len(s.X), last})
		}
		if c.Title == "" || c.X.Label == "" || c.Y.Label == "" {
			t.Errorf("%s: title %q, axes %q and %q", p.File, c.Title, c.X.Label, c.Y.Label)
		}
		isLog := strings.Contains(p.File, "error") || strings.Contains(p.File, "sweep")
		if c.Y.Log != isLog {
			t.Errorf("%s: y is logarithmic: %t, want %t", p.File, c.Y.Log, isLog)
		}
	}
	const line, dots, both = chart.Line, chart.Points, chart.LinePoints
	want := map[string][]series{ // errors end as in the output, and lines at the largest x
		"1-rates.png": {{"y = 3x + 4: constant", both, 9, 3}, {"y = x²: the line 2x", both, 9, 4}},
		"2-sweep.png": {{"forward difference", both, 61, 192}, {"central difference", both, 61, 192}},
		"3-data.png":  {{"data", dots, 100, 8.98557}},
		"4-line.png": {
			{"data", dots, 100, 8.98557},
			{"numeric gradient", dots, 15, 9.96145},
			{"exact gradient", line, 2, 9.96145},
			{"best line, at most 0.03 away", line, 2, 9.94141},
		},
		"5-error.png": {
			{"numeric gradient", dots, 101, 10.46621},
			{"exact gradient", line, 101, 10.46627},
		},
		"6-network-numeric.png": {
			{"data", dots, 100, 4.51601},
			{"numeric, 100 epochs", line, 2, 6.94344},
			{"best line, at most 0.02 away", line, 2, 6.96302},
		},
		"7-network-chain-rule.png": {
			{"data", dots, 100, 4.51601},
			{"chain rule, 50 epochs", dots, 15, 6.96029},
			{"autodiff, 50 epochs", line, 2, 6.96024},
			{"best line, at most 0.02 away", line, 2, 6.96302},
		},
		"8-network-error.png": {
			{"numeric, rate 0.001", line, 101, 10.37392},
			{"chain rule, rate 0.01", dots, 51, 10.36283},
			{"autodiff, rate 0.01", line, 51, 10.36282},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("pictures (-want +got):\n%s", diff)
	}
}
