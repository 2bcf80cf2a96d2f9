package health

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// A patient is a network with the batch that it is examined with.
type patient struct {
	net  *nn.MLP
	data train.Data
	loss nn.Loss
	rate float64
}

// newPatient returns a network, and samples of a smooth function of inputs in [0, scale).
func newPatient(samples int, scale, rate float64, layers ...nn.Dense) patient {
	rng := rand.New(rand.NewPCG(3, 0))
	p := patient{nn.NewMLP(rng, 2, layers...), train.Data{}, nn.SumSquaredErrors, rate}
	for range samples {
		x, y := rng.Float64(), rng.Float64()
		p.data.X = append(p.data.X, []float64{scale * x, scale * y})
		t := []float64{0.5 + 0.4*math.Sin(4*x), 0.5 + 0.4*math.Cos(3*y)}
		p.data.T = append(p.data.T, t[:p.net.Outputs()])
	}
	return p
}

func (p patient) check(t *testing.T) Report {
	t.Helper()
	r, err := Check(p.net, p.loss, p.data.X, p.data.T, p.rate)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// train trains the network. It returns by which factor that reduces the loss, and how far it
// moves the weights of a layer, as a share of their norm.
func (p patient) train(layer int) (factor, moved float64, err error) {
	params := p.net.Layers[layer-1].Params()
	before := make([]float64, len(params))
	for i, w := range params {
		before[i] = w.Data
	}
	var losses []float64
	err = train.Run(context.Background(), train.Config{
		Net: p.net, Loss: p.loss, Data: p.data, Optimizer: optim.NewSGD(optim.Constant(p.rate)),
		Batch: 5, Epochs: 100, Callback: func(s train.State) { losses = append(losses, s.EpochLoss) },
	})
	if err != nil {
		return 0, 0, err
	}
	distance := 0.0
	for i, w := range params {
		distance = math.Hypot(distance, w.Data-before[i])
	}
	return losses[0] / losses[len(losses)-1], distance / floats.Norm(before, 2), nil
}

// deep returns n layers like d with 10 units each, and one with as many units as outputs says.
func deep(d nn.Dense, n, outputs int) []nn.Dense {
	layers := nn.Stack(d, slices.Repeat([]int{10}, n)...)
	d.Units = outputs
	return append(layers, d)
}

// Each row has a sick network and what Check must say of it. Trained, the layer that the diagnosis
// names learns nothing, or the loss grows. With the cure that it names, the layer learns.
func TestConditionsAndCures(t *testing.T) {
	n, rate := 100, 0.5 // neurons in a hidden layer
	if slow.Wanted() {
		n, rate = 1000, 0.05 // as in the text; at a rate of 0.1 the loss of the cured network would jump about
	}
	rand01 := nn.Uniform(0, 1)
	wide := func(phi nn.Activation, draw, drawBias nn.Init) []nn.Dense {
		return nn.Stack(nn.Dense{Activation: phi, Init: draw, BiasInit: drawBias}, n, n, 2)
	}
	relu := func(draw, drawBias nn.Init) []nn.Dense {
		hidden := nn.Dense{Units: 10, Activation: nn.ReLU, Init: draw, BiasInit: drawBias}
		return []nn.Dense{hidden, {Units: 1}}
	}
	tanh := func(n int, draw nn.Init) []nn.Dense {
		return deep(nn.Dense{Activation: nn.Tanh, Init: draw}, n, 2)
	}
	for _, test := range []struct {
		name  string
		sick  patient
		want  Condition
		layer int
		says  []string // in the diagnosis: the factor, and the cure
		cure  Cure
		cured patient
	}{
		{
			"the text's [2,1000,1000,2]",
			newPatient(4, 1, rate, wide(nn.Sigmoid, rand01, rand01)...),
			Saturated, 2,
			[]string{"σ′ ", " at z = ", "inputs to the σ of layer 2 are", zeroMean},
			Cure{Init: "LeCun"},
			newPatient(4, 1, rate, wide(nn.Sigmoid, nn.LeCun, nil)...),
		},
		{
			"dead ReLUs",
			newPatient(20, 1, 0.05, relu(nil, nn.Constant(-10))...),
			Dead, 1,
			[]string{"ReLU′ = 0 at z = -1", "10 of 10 units of layer 1 are off", he},
			Cure{Init: "He"},
			newPatient(20, 1, 0.05, relu(nn.He, nil)...),
		},
		{
			"exploding leaky ReLU",
			newPatient(4, 1, 0.001, wide(nn.LeakyReLU(0.01), rand01, rand01)...),
			Exploding, 3,
			[]string{"W: layer 3 makes its inputs ", " times their norm; ", he},
			Cure{Init: "He"},
			newPatient(4, 1, 0.001, wide(nn.LeakyReLU(0.01), nn.He, nil)...),
		},
		{
			"20 layers of sigmoid",
			newPatient(20, 1, 0.01, deep(nn.Dense{Activation: nn.Sigmoid}, 19, 2)...),
			Vanishing, 1,
			[]string{"∏σ′: ∂L/∂z shrinks from ", "since each σ on the way multiplies it by about 0.23; ", useTanh},
			Cure{Activation: "tanh", Init: "Xavier"},
			newPatient(20, 1, 0.01, tanh(19, nn.Xavier)...),
		},
		{
			"small weights",
			newPatient(20, 1, 0.01, tanh(5, nn.Normal(0, 0.01))...),
			Vanishing, 1,
			[]string{"∏W: ∂L/∂z shrinks from ", "since each matrix on the way multiplies it by about 0.0", zeroMean},
			Cure{Init: "LeCun"},
			newPatient(20, 1, 0.01, tanh(5, nn.LeCun)...),
		},
		{
			"no weights",
			newPatient(20, 1, 0.01, tanh(2, nn.Constant(0))...),
			Vanishing, 1,
			[]string{"W = 0 in layer 2, and therefore ∂L/∂z = 0 in layer 1; ", zeroMean},
			Cure{Init: "LeCun"},
			newPatient(20, 1, 0.01, tanh(2, nn.LeCun)...),
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := test.sick.check(t)
			if r.Condition != test.want || r.Layer != test.layer {
				t.Errorf("%s in layer %d, want %s in layer %d:\n%v",
					r.Condition, r.Layer, test.want, test.layer, r)
			}
			if r.Cure != test.cure {
				t.Errorf("cure %+v, want %+v", r.Cure, test.cure)
			}
			for _, part := range test.says {
				if !strings.Contains(r.Diagnosis, part) {
					t.Errorf("diagnosis %q, want %q in it", r.Diagnosis, part)
				}
			}
			if r := test.cured.check(t); r.Condition != Healthy || r.Layer != 0 {
				t.Errorf("%s in layer %d after the cure, want %s:\n%v", r.Condition, r.Layer, Healthy, r)
			}
			factor, moved, err := test.sick.train(test.layer)
			if err == nil && moved > 1e-5 && factor > 1 {
				t.Errorf("layer %d moves by %v and the loss falls by %v in a sick network",
					test.layer, moved, factor)
			}
			factor, moved, err = test.cured.train(test.layer)
			if err != nil || moved < 1e-3 || factor < 2 {
				t.Errorf("after the cure layer %d moves by %v, want 1e-3; the loss falls by %v, want 2; %v",
					test.layer, moved, factor, err)
			}
		})
	}
}

// A parameter that cannot be trained is refused.
func TestParametersThatCannotBeTrained(t *testing.T) {
	net := one(nn.Identity, 1, 0)
	net.Layers[0].Neurons[0].B = gradus.Const(3).As("b")
	_, err := Check(net, nn.MeanSquaredError, [][]float64{{1}}, [][]float64{{1}}, 0.1)
	const want = "health: parameter 2 of the network (b = 3, a constant) is a constant and cannot be trained, " +
		"want a leaf made with gradus.New"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// Check leaves the gradient of the mean loss, of a weight that two layers share as well.
func TestTiedWeight(t *testing.T) {
	net := one(nn.Identity, 2, 0, 2, 0)
	w := net.Layers[0].Neurons[0].W[0]
	net.Layers[1].Neurons[0].W[0] = w
	x, targets := [][]float64{{1}, {2}, {3}, {4}}, [][]float64{{1}, {1}, {1}, {1}}
	if _, err := Check(net, nn.HalfSquaredError, x, targets, 0.1); err != nil {
		t.Fatal(err)
	}
	want := 0.0 // y = w²x, ∂L/∂w = (w²x − 1)·2wx
	for _, row := range x {
		want += (4*row[0] - 1) * 4 * row[0] / 4
	}
	if w.Grad != want {
		t.Errorf("the gradient of the mean loss is %v, want %v", w.Grad, want)
	}
}

// Units that are alike stay alike, which is found before training, and not after one of their weights
// has changed.
func TestSymmetric(t *testing.T) {
	x, targets := [][]float64{{0, 0}, {0, 1}, {1, 0}, {1, 1}}, [][]float64{{0}, {1}, {1}, {0}}
	half := nn.Constant(0.5)
	build := func() *nn.MLP {
		return nn.NewMLP(nil, 2, nn.Dense{Units: 3, Activation: nn.Tanh, Init: half},
			nn.Dense{Units: 1, Init: half})
	}
	const want = "symmetric: the 3 units of layer 1 have equal weights, and so have equal gradients and stay " +
		"alike: the layer computes one number; draw its weights at random (nn.Xavier)"
	for name, tt := range map[string]struct {
		change    func(net *nn.MLP)
		symmetric bool
	}{
		"as built":                {func(*nn.MLP) {}, true},
		"another weight":          {func(net *nn.MLP) { net.Layers[0].Neurons[2].W[1].Data = 0.4 }, false},
		"another bias":            {func(net *nn.MLP) { net.Layers[0].Neurons[1].B.Data = 0.1 }, false},
		"no bias in the first":    {func(net *nn.MLP) { net.Layers[0].Neurons[0].B = nil }, false},
		"no bias in another":      {func(net *nn.MLP) { net.Layers[0].Neurons[2].B = nil }, false},
		"what follows tells them": {func(net *nn.MLP) { net.Layers[1].Neurons[0].W[2].Data = 0.6 }, false},
		"one unit": {func(net *nn.MLP) {
			*net = *nn.NewMLP(nil, 2, nn.Dense{Units: 1, Init: half})
		}, false},
		"the bias of the last layer": {func(net *nn.MLP) { net.Layers[1].Neurons[0].B.Data = 0.1 }, true},
	} {
		net := build()
		tt.change(net)
		r, err := Check(net, nn.MeanSquaredError, x, targets, 0.05)
		if err != nil || (r.Condition == Symmetric) != tt.symmetric {
			t.Errorf("%s: error %v, %v: %s, want symmetric: %t", name, err, r.Condition, r.Diagnosis, tt.symmetric)
		}
		if got := string(r.Condition) + ": " + r.Diagnosis; tt.symmetric && got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// Data that is not finite is no fault of the weights.
func TestDataThatIsNotFinite(t *testing.T) {
	net := one(nn.Identity, 1, 0)
	good := [][]float64{{1}, {2}}
	for _, tt := range []struct {
		x, t [][]float64
		want string
	}{
		{[][]float64{{1}, {math.NaN()}}, good, "health: x[1][0] is NaN, want a finite number"},
		{[][]float64{{math.Inf(-1)}, {1}}, good, "health: x[0][0] is -Inf, want a finite number"},
		{good, [][]float64{{1}, {math.Inf(1)}}, "health: t[1][0] is +Inf, want a finite number"},
	} {
		if _, err := Check(net, nn.HalfSquaredError, tt.x, tt.t, 0.1); err == nil || err.Error() != tt.want {
			t.Errorf("error %v, want %s", err, tt.want)
		}
	}
}
