package health

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// A part whose gradient is 0 for another reason is found.
func TestIgnored(t *testing.T) {
	o := function(2, func(x *gradus.Value, w vector) *gradus.Value {
		return gradus.Where(gradus.Const(100).Sub(x), x, x.Mul(w[0])).Add(x.Mul(w[1]))
	})
	o.params[0].As("first.w")
	r, err := Check(o, nn.HalfSquaredError, [][]float64{{1}, {2}}, [][]float64{{1}, {1}}, 1e-4)
	if err != nil || r.Condition != Vanishing || r.Layer != 1 ||
		!strings.Contains(r.Diagnosis, "∂L/∂W = 0 in first, although") {
		t.Errorf("error %v:\n%v", err, r)
	}
}

// A parameter that is in two places counts once, and the gradient is that of the mean loss.
func TestTiedInModel(t *testing.T) {
	o := function(1, func(x *gradus.Value, w vector) *gradus.Value { return w[0].Mul(x.Mul(w[0])) })
	o.params = append(o.params, o.params[0])
	o.params[0].Data = 2
	x, targets := [][]float64{{1}, {2}, {3}, {4}}, [][]float64{{1}, {1}, {1}, {1}}
	r, err := Check(o, nn.HalfSquaredError, x, targets, 0.001)
	if err != nil {
		t.Fatal(err)
	}
	want := 0.0 // y = w²x, ∂L/∂w = (w²x − 1)·2wx
	for _, row := range x {
		want += (4*row[0] - 1) * 4 * row[0] / 4
	}
	if l := r.Layers[0]; o.params[0].Grad != want || l.WeightNorm != 2 || l.GradNorm != want {
		t.Errorf("gradient %v, norms %v and %v, want %v, 2 and %v", o.params[0].Grad,
			l.WeightNorm, l.GradNorm, want, want)
	}
}

// Nothing is left to learn from outputs that are right.
func TestSatisfiedModel(t *testing.T) {
	one := gradus.Const(1) // which needs not be listed
	o := function(1, func(x *gradus.Value, w vector) *gradus.Value { return x.Mul(w[0]).Mul(one) })
	r, err := Check(o, nn.HalfSquaredError, [][]float64{{1}, {2}}, [][]float64{{1}, {2}}, 0.1)
	if err != nil || r.Condition != Satisfied || r.Layer != 1 {
		t.Errorf("error %v, %s in layer %d, want satisfied in layer 1", err, r.Condition, r.Layer)
	}
}

// Outputs have targets of their own: they do not stay alike if their losses have the same slope for a while.
func TestOutputsAreNotAlike(t *testing.T) {
	net := nn.NewMLP(nil, 2, nn.Dense{Units: 3, Init: nn.Constant(0)})
	x, targets := batch(12, 2, 3, 1)
	for _, row := range targets {
		for i := range row {
			row[i] += 2
		}
	}
	r, err := Check(hide(net), nn.MeanAbsoluteError, x, targets, 0.01)
	if err != nil || r.Condition != Healthy {
		t.Errorf("error %v, want healthy:\n%v", err, r)
	}
}

// masked is a model with a dropout of its input.
type masked struct {
	own
	mask *nn.Mask
}

func (m *masked) Masks() []*nn.Mask { return []*nn.Mask{m.mask} }

// Masks are off, and are no parameters that were forgotten.
func TestMasks(t *testing.T) {
	m := &masked{mask: nn.NewMask(1, 1, func(*rand.Rand) float64 { return 0 })}
	m.own = *function(1, func(x *gradus.Value, w vector) *gradus.Value {
		return x.Mul(m.mask.Values[0]).Mul(w[0])
	})
	m.mask.Values[0].Data = 0
	r, err := Check(m, nn.HalfSquaredError, [][]float64{{1}, {2}}, [][]float64{{0}, {0}}, 0.1)
	if err != nil || r.Condition != Healthy || m.params[0].Grad != 2.5 {
		t.Errorf("error %v, %s, gradient %v, want healthy and 2.5", err, r.Condition, m.params[0].Grad)
	}
}

// What is wrong with a model is an error.
// What was computed from a parameter before keeps its number, and so does what is computed from that.
func TestStale(t *testing.T) {
	o := function(1, nil)
	before := o.params[0].Add(1)
	later := before.Exp()
	for _, forward := range []func(x vector) vector{
		func(vector) vector { return vector{before} },
		func(x vector) vector { return vector{before.Mul(x[0])} },
		func(x vector) vector { return vector{x[0].Add(later)} },
	} {
		o.forward = forward
		_, err := Check(o, nn.HalfSquaredError, [][]float64{{1}}, [][]float64{{1}}, 0.1)
		const want = "health: x[0]: the loss, an activation or Forward uses a Value (2, by +) that was computed " +
			"from the parameters before and is not computed anew, so that its number stays what it was when they " +
			"change: compute it in Forward"
		if fmt.Sprint(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// A network whose outputs are probabilities has no use for a loss that makes probabilities of them.
func TestProbabilitiesAsLogits(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, nn.Dense{Units: 1, Activation: nn.Sigmoid})
	for name, model := range map[string]nn.Model{"an MLP": net, "another model": hide(net)} {
		_, err := Check(model, nn.BinaryCrossEntropy, [][]float64{{1}}, [][]float64{{1}}, 0.1)
		const want = "health: x[0]: the loss, a binary cross-entropy, applies σ to the outputs, and so does the"
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: error %v, want %s", name, err, want)
		}
		if _, err := Check(model, nn.MeanSquaredError, [][]float64{{1}}, [][]float64{{1}}, 0.1); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestModelErrors(t *testing.T) {
	other := gradus.New(0.5).As("w3")
	good := func(x *gradus.Value, w vector) *gradus.Value { return x.Mul(w[0]) }
	for _, test := range []struct {
		name  string
		model nn.Model
		rows  [][]float64
		want  string
	}{
		{"none", nil, nil, "the network is nil, want an *nn.MLP or another Model"},
		{"no parameters", function(0, good), nil, "the network has the parameters [], want one or more Values"},
		{
			"a nil parameter", &own{params: vector{gradus.New(1), nil}}, nil,
			"the network has the parameters [1 <nil>], want one or more Values",
		},
		{
			"a constant", &own{params: vector{gradus.Const(1)}}, nil,
			"parameter 1 of the network (1, a constant) is a ",
		},
		{"rows differ", function(1, good), [][]float64{{1}, {1, 2}}, "x[1] has 2 inputs, want 1"},
		{
			"no outputs", &own{params: vector{gradus.New(1)}, forward: func(vector) vector { return nil }}, nil,
			"x[0]: Forward returned [], want one or more Values",
		},
		{
			"a nil output", &own{params: vector{gradus.New(1)}, forward: func(x vector) vector {
				return vector{x[0], nil}
			}},
			nil, "x[0]: Forward returned [1 <nil>], want one or more Values",
		},
		{
			"a mask that is not listed",
			struct{ nn.Model }{layer.NewSequence(
				nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 1, nn.Dense{Units: 1}), layer.NewDropout(1, 0.5),
			)},
			nil, "x[0]: Forward uses the mask Model.Models[1].Mask, of a layer.Dropout, and a struct { nn.Model } " +
				"has no method Masks",
		},
		{
			"a leaf that is not listed", function(1, func(x *gradus.Value, w vector) *gradus.Value {
				return x.Mul(w[0]).Add(other)
			}),
			[][]float64{{1}},
			"x[0]: the loss, an activation or Forward uses a leaf (w3 = 0.5) that is not among the parameters and " +
				"masks of the network, so that nothing trains it: ",
		},
		{"an if", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			if x.Data > 1 {
				return x.Mul(w[0]).Neg()
			}
			return x.Mul(w[0])
		}), nil, "x[1]: the graph that Forward builds differs from that of x[0], want one of the same form"},
		{"another op", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			if x.Data > 1 {
				return x.Add(w[0])
			}
			return x.Mul(w[0])
		}), nil, "x[1]: the graph that Forward builds differs from that of x[0], want one of the same form"},
		{"a sentence of a package", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			if x.Data > 1 {
				panic("layer: Embedding: got the token 2, want a number from 0 to 1")
			}
			return x.Mul(w[0])
		}), nil, "x[1]: layer: Embedding: got the token 2, want a number from 0 to 1"},
		{
			"no gradient", function(1, func(x *gradus.Value, w vector) *gradus.Value { return x.Mul(w[0].Data) }), nil,
			"the loss does not depend on the parameters of the network",
		},
	} {
		x := test.rows
		if x == nil {
			x = [][]float64{{1}, {2}}
		}
		targets := [][]float64{{1}, {1}}[:len(x)]
		_, err := Check(test.model, nn.HalfSquaredError, x, targets, 0.1)
		if err == nil || !strings.HasPrefix(err.Error(), "health: "+test.want) {
			t.Errorf("%s: error %v, want %s", test.name, err, test.want)
		}
	}
	defer func() {
		if r := recover(); r == nil {
			t.Error("another panic of Forward does not stay one")
		}
	}()
	wrong := function(1, func(_ *gradus.Value, w vector) *gradus.Value { return w[1] })
	_, _ = Check(wrong, nn.HalfSquaredError, [][]float64{{1}}, [][]float64{{1}}, 0.1)
}

// A report for a program has the cure that the sentence names.
func TestCuresOfModels(t *testing.T) {
	x, targets := batch(12, 36, 2, 1)
	for _, tt := range []struct {
		model *own
		want  Cure
	}{
		{conv(0.47, 0, (*gradus.Value).ReLU).set("conv1.kernel2.w3", math.NaN()), Cure{Rate: 0.002}},
		{conv(0.47, 0, (*gradus.Value).Tanh).set("", 0.1), Cure{Init: "Xavier"}},
		{conv(0.47, -20, (*gradus.Value).ReLU), Cure{Init: "He"}},
	} {
		r, err := Check(tt.model, nn.MeanSquaredError, x, targets, 0.02)
		if err != nil || r.Cure != tt.want {
			t.Errorf("error %v, cure %+v, want %+v:\n%v", err, r.Cure, tt.want, r)
		}
	}
}

// A part whose parameters are 0 has no norm, and a step that is too large is found in the others. It does not
// matter which part comes first.
func TestPartOfZeros(t *testing.T) {
	for _, zero := range []int{0, 1} {
		o := function(2, func(x *gradus.Value, w vector) *gradus.Value { return x.Mul(w[1-zero]).Add(w[zero]) })
		o.params[0].As("first.w")
		o.params[1].As("second.w")
		o.params[zero].Data, o.params[1-zero].Data = 0, 1
		rows, targets := [][]float64{{1}, {2}}, [][]float64{{3}, {3}}
		r, err := Check(o, nn.HalfSquaredError, rows, targets, 1) // ∂L/∂w is the mean of −2 and −2
		name := []string{"second", "first"}[zero]
		want := "η: a step at rate 1 changes the weights of " + name + " by 2 times their norm; take a rate of "
		if err != nil || r.Condition != Exploding || r.Diagnosis != want+"0.005" {
			t.Errorf("error %v, want %s:\n%v", err, want, r)
		}
		if r.Layers[zero].Gain != 0 && r.Layers[zero].Inputs == 0 {
			t.Errorf("without inputs, the gain is %v, want 0", r.Layers[zero].Gain)
		}
	}
}

// ∂L/∂a and ∂L/∂z are root mean squares over units and samples: here of y₁ = tanh(w₁x) and y₂ = tanh(w₂x),
// with ∂L/∂y = y.
func TestMeansOverUnits(t *testing.T) {
	net := nn.NewMLP(nil, 1, nn.Dense{Units: 2, Activation: nn.Tanh, NoBias: true, Init: nn.Constant(1)})
	net.Layers[0].Neurons[1].W[0].Data = 0.5
	x, targets := [][]float64{{1}, {-2}}, [][]float64{{0, 0}, {0, 0}}
	da, dz := 0.0, 0.0
	for _, z := range []float64{1, -2, 0.5, -1} {
		y := math.Tanh(z)
		slope := 1 - y*y
		da, dz = da+y*y/4, dz+y*slope*y*slope/4
	}
	for _, m := range []nn.Model{net, hide(net)} {
		r, err := Check(m, nn.HalfSquaredError, x, targets, 0.01)
		if err != nil {
			t.Fatal(err)
		}
		l := r.Layers[0]
		if math.Abs(l.DA-math.Sqrt(da)) > 1e-15 || math.Abs(l.DZ-math.Sqrt(dz)) > 1e-15 {
			t.Errorf("∂L/∂a = %v and ∂L/∂z = %v, want %v and %v", l.DA, l.DZ, math.Sqrt(da), math.Sqrt(dz))
		}
	}
}
