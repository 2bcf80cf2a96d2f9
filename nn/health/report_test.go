package health

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	doccheck.TestExamples(t, ".")
}

// one returns a network with one neuron in each layer. The numbers are weight, bias, weight, bias
// and so on.
func one(phi nn.Activation, numbers ...float64) *nn.MLP {
	m := new(nn.MLP)
	for i := 0; i < len(numbers); i += 2 {
		n := &nn.Neuron{W: []*gradus.Value{gradus.New(numbers[i])}, B: gradus.New(numbers[i+1])}
		m.Layers = append(m.Layers, &nn.Layer{Neurons: []*nn.Neuron{n}, Activation: phi})
	}
	return m
}

// The 1-1-1 network of examples/backprop with ½(y − t)² and two samples, worked out by hand: z = ½x,
// a = σ(z), y = −a, ∂L/∂y = y.
func TestMeasuredByHand(t *testing.T) {
	net := one(nn.Sigmoid, 0.5, 0, -1, 0)
	net.Layers[1].Activation = nn.Identity
	got, err := Check(net, nn.HalfSquaredError, [][]float64{{1}, {-2}}, [][]float64{{0}, {0}}, 0.001)
	if err != nil {
		t.Fatal(err)
	}
	sigmoid := func(z float64) float64 { return 1 / (1 + math.Exp(-z)) }
	a, b := sigmoid(0.5), sigmoid(-1)
	da, db := a*a*(1-a), b*b*(1-b) // ∂L/∂z of layer 1: ∂L/∂a = −∂L/∂y = a
	rms := func(x, y float64) float64 { return math.Hypot(x, y) / math.Sqrt2 }
	w1, b1 := (da-2*db)/2, (da+db)/2
	w2, b2 := -(a*a+b*b)/2, -(a+b)/2
	want := []Layer{
		{
			Name: "layer1", Activation: "sigmoid", Inputs: 1, Units: 1, GradNorm: math.Hypot(w1, b1), WeightNorm: 0.5,
			UpdateRatio: 0.001 * math.Hypot(w1, b1) / 0.5, ZMin: -1, ZMax: 0.5, Slope: a * (1 - a),
			Gain: 0.5, DZ: rms(da, db), DA: rms(a, b),
		},
		{
			Name: "layer2", Activation: "identity", Inputs: 1, Units: 1, GradNorm: math.Hypot(w2, b2), WeightNorm: 1,
			UpdateRatio: 0.001 * math.Hypot(w2, b2), ZMin: -a, ZMax: -b, Slope: 1, Gain: 1,
			DZ: rms(a, b), DA: rms(a, b),
		},
	}
	if diff := cmp.Diff(want, got.Layers, cmpopts.EquateApprox(1e-15, 0)); diff != "" {
		t.Errorf("layers (-want +got):\n%s", diff)
	}
	if got.Samples != 2 || got.Rate != 0.001 || got.Condition != Healthy {
		t.Errorf("%d samples, rate %v, %s; want 2, 0.001, healthy", got.Samples, got.Rate, got.Condition)
	}
	if strings.Contains(got.Diagnosis, "0.001 is usual") {
		t.Errorf("diagnosis %q, want no hint for a rate such as this", got.Diagnosis)
	}
	again, err := Check(net, nn.HalfSquaredError, [][]float64{{1}, {-2}}, [][]float64{{0}, {0}}, 0.001)
	if diff := cmp.Diff(got, again); diff != "" || err != nil {
		t.Errorf("the second time, %v (-first +second):\n%s", err, diff)
	}
	if g := net.Layers[0].Neurons[0].W[0].Grad; math.Abs(g-w1) > 1e-16 {
		t.Errorf("leaves the gradient %v in a weight, want the mean %v", g, w1)
	}
}

// Shares count derivatives of exactly 0, smaller than 1e-8, and units that are flat for every
// sample.
func TestShares(t *testing.T) {
	for _, test := range []struct {
		name                        string
		net                         *nn.MLP
		x, t                        []float64
		zero, tiny, saturated, dead float64 // of the first layer
	}{
		{"nothing", one(nn.Tanh, 1, 0), []float64{1, 2}, []float64{0, 0}, 0, 0, 0, 0},
		{"an input of 0", one(nn.Tanh, 1, 1), []float64{0, 0}, []float64{0, 0}, .5, 0, 0, 0},
		{"saturated", one(nn.Tanh, 1, 0), []float64{-50, 50}, []float64{0, 0}, 1, 0, 1, 0},
		{"nearly so", one(nn.Tanh, 1, 0), []float64{13, 13}, []float64{0, 0}, 0, 1, 1, 0},
		{"for one sample only", one(nn.Tanh, 1, 0), []float64{50, 1}, []float64{0, 0}, 0, 0, 0, 0},
		{"dead", one(nn.ReLU, 1, -3), []float64{1, 2}, []float64{1, 1}, 1, 0, 0, 1},
		{"alive for one sample", one(nn.ReLU, 1, -3), []float64{1, 4}, []float64{0, 0}, 0, 0, 0, 0},
		{"softplus, far to the left", one(nn.Softplus, 1, -30), []float64{1, 2}, []float64{1, 1}, 0, 1, 0, 1},
		{"leaky", one(nn.LeakyReLU(.01), 1, -3), []float64{1, 2}, []float64{1, 1}, 0, 0, 0, 0},
		{"scaled", one(nn.ScaledSigmoid(.01), 1, 0), []float64{100, 90}, []float64{0, 0}, 0, 0, 0, 0},
		{"scaled, saturated", one(nn.ScaledSigmoid(.01), 1, 0), []float64{900, 990}, []float64{0, 0}, 0, 0, 1, 0},
	} {
		x, y := [][]float64{{test.x[0]}, {test.x[1]}}, [][]float64{{test.t[0]}, {test.t[1]}}
		r, err := Check(test.net, nn.SumSquaredErrors, x, y, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		l := r.Layers[0]
		got := [4]float64{l.Zero, l.Tiny, l.Saturated, l.Dead}
		if want := [4]float64{test.zero, test.tiny, test.saturated, test.dead}; got != want {
			t.Errorf("%s: zero, tiny, saturated, dead %v, want %v:\n%v", test.name, got, want, r)
		}
	}
}

func TestDiagnoses(t *testing.T) {
	for _, test := range []struct {
		name  string
		net   *nn.MLP
		x, t  float64
		rate  float64
		want  Condition
		layer int
		says  string
	}{
		{
			"inputs too large", one(nn.Sigmoid, 1, 0), 1e4, 0, .01, Saturated, 1,
			"σ′ = 0 at z = 1e+04…1e+04: the inputs to layer 1 are too large, not its weights; scale " +
				"the inputs to about 1",
		},
		{
			"rate too large", one(nn.Identity, 1, 1), 1, 0, 10, Exploding, 1,
			"η: a step at rate 10 changes the weights of layer 1 by 40 times their norm; take a rate of 0.003",
		},
		{
			"targets too large", one(nn.Identity, 1, 1), 1, 1e6, .01, Exploding, 1,
			"take a rate of 5e-09; better scale inputs and targets to about 1 (data.Standardise, " +
				"data.StandardiseTargets)",
		},
		{
			"rate too small", one(nn.Identity, 1, 1), 1, 0, 1e-9, Healthy, 0,
			"where 0.001 is usual: the rate may be larger",
		},
		{
			"rate rather large", one(nn.Identity, 1, 1), 1, 0, .2, Healthy, 0,
			"where 0.001 is usual: if the loss jumps, take a smaller rate",
		},
		{
			"weights of 0", one(nn.Identity, 0, 0), 1, 1, .01, Healthy, 0,
			"no factor stops the gradient; all weights are 0 still, so that there is no norm with which a step of " +
				"gradient descent at rate 0.01 could be compared",
		},
		{
			"at the target", one(nn.Identity, 1, 1, 1, 0), 1, 2, .01, Satisfied, 2,
			"∂L/∂y = 0 for every sample",
		},
		{
			"z overflows", one(nn.Identity, 1e200, 0, 1e200, 0, 1, 0), 1, 0, .01, Exploding, 2,
			"W: z = +Inf…+Inf in layer 2: the numbers have become too large for a float64; " + zeroMean,
		},
		{
			"φ overflows", one(nn.NewActivation("e to the", (*gradus.Value).Exp), 0, 0, 800, 0), 1, 0, .01,
			Exploding, 2,
			"exp: exp(800) = +Inf for x[0]: give layer 2 an activation that is finite there, or " + he,
		},
		{
			"the gradient overflows", one(nn.ReLU, 1e160, 0, 1e-160, 0, 1e160, 0, 1e-10, 0), 1, 0, .01,
			Exploding, 4,
			"W: ‖∂L/∂W‖ = +Inf in layer 4: the gradient has become too large for a float64; " + he,
		},
		{
			"a weight is NaN", one(nn.Tanh, 1, 0, math.NaN(), 0), 1, 0, .01, Exploding, 2,
			"W: ‖W‖ = NaN in layer 2: training has diverged; start again with a smaller rate",
		},
	} {
		x, y := [][]float64{{test.x}}, [][]float64{{test.t}}
		r, err := Check(test.net, nn.SumSquaredErrors, x, y, test.rate)
		if err != nil {
			t.Fatal(err)
		}
		if r.Condition != test.want || r.Layer != test.layer || !strings.Contains(r.Diagnosis, test.says) {
			t.Errorf("%s: want %s in layer %d, %s:\n%v", test.name, test.want, test.layer, test.says, r)
		}
	}
}

func TestErrors(t *testing.T) {
	net := one(nn.Identity, 1, 0)
	one, two := []float64{1}, []float64{1, 2}
	for _, test := range []struct {
		name string
		x, t [][]float64
		want string
	}{
		{
			"no samples", nil, nil,
			"health: got 0 rows of inputs and 0 rows of targets, want the same number of both, at least 1",
		},
		{
			"a target less",
			[][]float64{one, one},
			[][]float64{one},
			"health: got 2 rows of inputs and 1 rows of targets, want the same number of both, at least 1",
		},
		{
			"a wide input",
			[][]float64{one, two},
			[][]float64{one, one},
			"health: x[1] has 2 inputs, want 1",
		},
		{
			"a wide target",
			[][]float64{one, one},
			[][]float64{one, two},
			"health: t[1] has 2 targets, want 1",
		},
	} {
		_, err := Check(net, nn.SumSquaredErrors, test.x, test.t, 0.01)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
	}
	for _, rate := range []float64{0, -1, math.NaN(), math.Inf(1)} {
		_, err := Check(net, nn.SumSquaredErrors, [][]float64{one}, [][]float64{one}, rate)
		want := fmt.Sprintf("health: got the rate %v, want a finite number above 0", rate)
		if err == nil || err.Error() != want {
			t.Errorf("rate %v: error %v, want %s", rate, err, want)
		}
	}
}

// Layers are beside each other as long as their table has at most 80 columns. The names of the rows take
// 12, and there are three between two columns.
func TestTableFits(t *testing.T) {
	for _, test := range []struct {
		names  []int // how many letters the activation of each layer has
		widths []int // of each part of the table
	}{
		{[]int{31, 31}, []int{80}},
		{[]int{31, 32}, []int{46, 47}},
		{[]int{31, 15, 13, 20}, []int{80, 35}},
		{[]int{100, 5}, []int{115, 20}},
	} {
		var r Report
		for _, n := range test.names {
			r.Layers = append(r.Layers, Layer{Activation: strings.Repeat("φ", n)})
		}
		table, _, _ := strings.Cut(r.String(), "\n: ")
		var widths []int
		for _, part := range strings.Split(table, "\n\n") {
			lines := strings.Split(part, "\n")
			widths = append(widths, utf8.RuneCountInString(lines[0]))
			for _, line := range lines {
				if utf8.RuneCountInString(line) != widths[len(widths)-1] {
					t.Errorf("%v: the lines differ in width:\n%s", test.names, part)
				}
			}
		}
		if diff := cmp.Diff(test.widths, widths); diff != "" {
			t.Errorf("%v: the widths (-want +got):\n%s\n%s", test.names, diff, table)
		}
	}
}

func TestPercent(t *testing.T) {
	for share, want := range map[float64]string{
		0: "0 %", 1e-9: "<1 %", .004: "<1 %", .005: "<1 %", .0051: "1 %", .25: "25 %",
		.9949: "99 %", .995: ">99 %", .9951: ">99 %", 1: "100 %",
	} {
		if got := percent(share); got != want {
			t.Errorf("%v: %q, want %q", share, got, want)
		}
	}
}

// A loss whose derivative is not finite is not taken for weights that are too large.
func TestBrokenLoss(t *testing.T) {
	for _, test := range []struct {
		name string
		loss nn.Loss
		says string
	}{
		{
			"0/0", func(y, t []*gradus.Value) *gradus.Value { return y[0].Sub(y[0]).Div(t[0]) },
			"∂L/∂y = NaN for x[1], although every y is finite: look at the loss and at the targets, for a ",
		},
		{
			"√0", func(y, t []*gradus.Value) *gradus.Value { return y[0].Sub(y[0].Data).Add(t[0]).Sqrt() },
			"∂L/∂y = +Inf for x[1], ",
		},
	} {
		net := one(nn.Tanh, 1, 0, 1, 0)
		r, err := Check(net, test.loss, [][]float64{{1}, {2}, {3}}, [][]float64{{1}, {0}, {0}}, 0.1)
		if err != nil || r.Condition != Exploding || r.Layer != 2 || !strings.HasPrefix(r.Diagnosis, test.says) {
			t.Errorf("%s: error %v, want exploding in layer 2, %s:\n%v", test.name, err, test.says, r)
		}
	}
}

// A loss that reads numbers in place of Values for every row is an error.
func TestLossWithoutGradient(t *testing.T) {
	const wrong = "health: the loss does not depend on the parameters of the network, so that nothing can be " +
		"learned: compute it from the Values y, not from their Data"
	for _, test := range []struct {
		first, second float64 // whether the loss of a row has a gradient
		want          string
	}{{1, 1, "<nil>"}, {1, 0, "<nil>"}, {0, 1, "<nil>"}, {0, 0, wrong}} {
		loss := func(y, t []*gradus.Value) *gradus.Value {
			if t[0].Data == 0 {
				return gradus.New(y[0].Data)
			}
			return y[0].Square()
		}
		targets := [][]float64{{test.first}, {test.second}}
		_, err := Check(one(nn.Tanh, 1, 0), loss, [][]float64{{1}, {2}}, targets, 0.1)
		if fmt.Sprint(err) != test.want {
			t.Errorf("%v, %v: error %v, want %s", test.first, test.second, err, test.want)
		}
	}
}

// Weights that are 100 times too large leave a few samples near z = 0, where tanh is not flat, and those do
// not make the layer healthy. A ReLU that is off for nearly all samples learns from the others.
func TestNearlyAlwaysFlat(t *testing.T) {
	x, targets := make([][]float64, 200), make([][]float64, 200)
	for i := range x {
		x[i], targets[i] = []float64{float64(i-100) / 50}, []float64{float64(i % 2)}
	}
	for _, test := range []struct {
		phi  nn.Activation
		w, b float64
		want Condition
		says string
	}{
		{nn.Tanh, 100, 0, Saturated, "tanh′ ≈ 0 for nine of ten samples at z = -200…198: the inputs to the tanh "},
		{nn.Tanh, 10, 0, Healthy, ""}, // flat at 17 of 20
		{nn.ReLU, 1, -1.9, Healthy, ""},
	} {
		r, err := Check(one(test.phi, test.w, test.b, 1, 0), nn.HalfSquaredError, x, targets, 0.01)
		if err != nil || r.Condition != test.want || !strings.HasPrefix(r.Diagnosis, test.says) {
			t.Errorf("%s(%vx + %v): %v, error %v, want %s: %s",
				test.phi.Name(), test.w, test.b, r, err, test.want, test.says)
		}
	}
}
