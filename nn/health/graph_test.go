package health

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// Which ops are activations is read from their derivatives.
func TestOpsThatAreActivations(t *testing.T) {
	want := map[string]string{
		"σ": "both sides", "tanh": "both sides", "erf": "both sides", "arctan": "both sides",
		"softplus": "one side", "ELU": "one side", "SiLU": "one side", "GELU": "one side", "ReLU": "one side",
		"LeakyReLU(0.01)": "nowhere", "abs": "nowhere", "sin": "nowhere", "cos": "nowhere", "tan": "nowhere",
	}
	got := map[string]string{}
	for _, op := range gradus.Ops() {
		if op.Arity() != 1 {
			continue
		}
		p := newPhi(op.Name(), op.Name(), func(z float64) float64 {
			dx := []float64{z}
			op.Partials(dx, dx, op.Eval(z))
			return dx[0]
		})
		switch {
		case !p.isActivation():
		case p.isFlat(-far) && p.isFlat(far):
			got[op.Name()] = "both sides"
		case p.oneSided:
			got[op.Name()] = "one side"
		default:
			got[op.Name()] = "nowhere"
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("where ops that are activations are flat (-want +got):\n%s", diff)
	}
}

func TestPartOf(t *testing.T) {
	for name, want := range map[string]string{
		"": rest, "w": rest, "w2_1_0": rest, "[0]": rest, "embed[3,1]": "embed", "conv1.b": "conv1",
		"layer1.query[0,1]": "layer1", "layer1.neuron2.w3": "layer1", "mlp3.layer1.neuron2.w1": "mlp3.layer1",
		"norm4.gain3": "norm4", "a.b.c.d.e": "a.b.c",
	} {
		if got := partOf(name); got != want {
			t.Errorf("%q belongs to %q, want %q", name, got, want)
		}
	}
}

// function returns a model of one input with the parameters a, b and so on, which are 1, 2, ….
func function(n int, f func(x *gradus.Value, w vector) *gradus.Value) *own {
	o := new(own)
	for i := range n {
		o.params = append(o.params, gradus.New(float64(i+1)).As(string(rune('a'+i))))
	}
	o.forward = func(x vector) vector { return vector{f(x[0], o.params)} }
	return o
}

// Numbers that are not finite are found where they come from.
func TestBroken(t *testing.T) {
	square := nn.HalfSquaredError
	times := func(x *gradus.Value, w vector) *gradus.Value { return x.Mul(w[0]) }
	const look = ", for x[1]: look there " + lookFor
	for _, test := range []struct {
		name  string
		model *own
		loss  nn.Loss
		layer int
		want  string
	}{
		{"exp", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			return x.Mul(w[0]).Mul(400).Exp().As("e").Mul(2)
		}), func(y, _ vector) *gradus.Value { return y[0] }, 1, "exp(800) = +Inf in parameters" + look},
		{"log", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			return w[0].Mul(2).Sub(x).Log()
		}), square, 1, "ln(0) = -Inf in parameters" + look},
		{"data alone", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			return gradus.Const(2).Sub(x).Log().Mul(w[0])
		}), square, 0, "ln(0) = -Inf in Forward" + look},
		{"the slope of √", function(2, func(x *gradus.Value, w vector) *gradus.Value {
			return x.Mul(w[0]).Sub(w[1]).Square().Sqrt()
		}), square, 1, "∂L/∂x = -Inf for the x in √(0) = 0 in parameters" + look},
		{"the slope of the loss", function(1, times), func(y, _ vector) *gradus.Value {
			return gradus.Dot(y, y).Sub(4).Square().Sqrt()
		}, 0, "∂L/∂x = +Inf for the x in √(0) = 0 in the loss" + look},
		{"the loss", function(1, times), func(y, _ vector) *gradus.Value {
			return y[0].Sub(2).Square().Log()
		}, 0, "ln(0) = -Inf in the loss" + look},
		{"before a tanh that hides it", function(2, func(x *gradus.Value, w vector) *gradus.Value {
			return x.Mul(400).Exp().Add(x.Mul(w[0])).Tanh().Mul(w[1])
		}), square, 0, "exp(800) = +Inf in Forward" + look},
		{"a sum of many", function(1, func(x *gradus.Value, w vector) *gradus.Value {
			return gradus.Dot(vector{x, x, x}, vector{w[0], w[0], gradus.Const(1e308)})
		}), func(y, _ vector) *gradus.Value { return y[0] }, 1, "dot(2, 2, …) = +Inf in parameters" + look},
		{"many operands", function(4, func(x *gradus.Value, w vector) *gradus.Value {
			return gradus.Dot(vector{x, x, w[0]}, w[1:]).Mul(1e308).Mul(w[0])
		}), square, 1, "·(9, 1e+308) = +Inf in parameters, for x[0]: look there " + lookFor},
	} {
		r, err := Check(test.model, test.loss, [][]float64{{1}, {2}, {2}}, [][]float64{{1}, {1}, {1}}, 0.01)
		if err != nil || r.Condition != Exploding || r.Layer != test.layer || r.Diagnosis != test.want {
			t.Errorf("%s: error %v, %s in %d: %s\nwant %s in %d", test.name, err, r.Condition, r.Layer, r.Diagnosis,
				test.want, test.layer)
		}
	}
}

// A token that a table does not have is said to be the fault.
func TestTokenOutOfRange(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	net := layer.NewSequence(layer.NewEmbedding(rng, layer.Embedding{Tokens: 3, Width: 1}),
		nn.NewMLP(rng, 2, nn.Dense{Units: 1}))
	for _, token := range []float64{3, -1, 0.5} {
		x := [][]float64{{0, 2}, {1, token}}
		r, err := Check(net, nn.MeanSquaredError, x, [][]float64{{1}, {2}}, 1e-3)
		const want = "in embedding1, for x[1]: its first operand, such as a token, should be a whole number " +
			"from 0 to 2"
		if err != nil || r.Condition != Exploding || r.Layer != 1 || !strings.HasSuffix(r.Diagnosis, want) {
			t.Errorf("token %v: error %v, want exploding, %s:\n%v", token, err, want, r)
		}
	}
}

// The gradients that factors computes are those of Backward.
func TestBackward(t *testing.T) {
	x, targets := batch(3, 20, 1, 1)
	m := newModel(lstm(0.5, 1))
	for i := range x {
		if err := m.sample(i, nn.MeanSquaredError, x[i], targets[i]); err != nil {
			t.Fatal(err)
		}
	}
	for i, g := range m.backward(m.example, false, false) {
		if v := m.example[i]; v.Op() != nil && math.Abs(g-v.Grad) > 1e-14*math.Abs(v.Grad) {
			t.Errorf("node %d: gradient %v, want %v", i, g, v.Grad)
		}
	}
	if len(m.stages) != 21 {
		t.Errorf("got %d stages, want 20 of the LSTM, one for each step, and 1 of the last layer", len(m.stages))
	}
}

// What is computed from one number alone, and has another way around it or several results, is seen as a
// whole.
func TestWaysAroundActivations(t *testing.T) {
	x, targets := [][]float64{{1}, {2}}, [][]float64{{1}, {1}}
	for _, test := range []struct {
		name       string
		f          func(x *gradus.Value, w vector) *gradus.Value // in which w[0]·x is 50 or 100
		want       Condition
		activation string
		slope      float64
	}{
		{"no way", func(x *gradus.Value, w vector) *gradus.Value {
			return w[0].Mul(x).Tanh().Mul(w[1])
		}, Saturated, "tanh", 0},
		{"a way around", func(x *gradus.Value, w vector) *gradus.Value {
			z := w[0].Mul(x)
			return z.Tanh().Mul(w[1]).Add(z.Mul(w[2]))
		}, Healthy, "identity", 1},
		{"two sides", func(x *gradus.Value, w vector) *gradus.Value {
			z := w[0].Mul(x)
			return z.ReLU().Mul(w[1]).Add(z.Neg().ReLU().Mul(w[2]))
		}, Vanishing, "ReLUneg", 1}, // of w[2]'s gradient, since its input is 0
		{"a result that is used again", func(x *gradus.Value, w vector) *gradus.Value {
			a := w[0].Mul(x).ReLU()
			return a.Mul(w[1]).Add(a.Mul(2).Mul(w[2]))
		}, Healthy, "ReLU·", 2},
		{"a straight line", func(x *gradus.Value, w vector) *gradus.Value {
			return w[0].Mul(x).Div(100).Mul(w[1]).Add(w[2])
		}, Healthy, "identity", 1},
		{"a slope without a bound on the right", func(x *gradus.Value, w vector) *gradus.Value {
			return w[0].Mul(x).ReLU().Square().Mul(w[1]).Add(w[2])
		}, Healthy, "identity", 1},
		{"and on the left", func(x *gradus.Value, w vector) *gradus.Value {
			return w[0].Mul(x.Neg()).Neg().ReLU().Square().Mul(w[1]).Add(w[2])
		}, Healthy, "identity", 1},
	} {
		o := function(3, test.f)
		for i, name := range []string{"first.w", "second.w", "third.w"} {
			o.params[i].As(name).Data = []float64{50, 0.5, 0.5}[i]
		}
		r, err := Check(o, nn.MeanSquaredError, x, targets, 1e-9)
		if test.name == "no way" {
			o.params = o.params[:2]
			r, err = Check(o, nn.MeanSquaredError, x, targets, 1e-9)
		}
		l := r.Layers[0]
		if err != nil || r.Condition != test.want || l.Activation != test.activation ||
			math.Abs(l.Slope-test.slope) > 1e-9 || l.DZ == 0 && test.want != Saturated {
			t.Errorf("%s: error %v, %s, %q, slope %v, ∂L/∂z %v, want %s, %q, %v:\n%v", test.name, err, r.Condition,
				l.Activation, l.Slope, l.DZ, test.want, test.activation, test.slope, r)
		}
	}
}

// An activation of a parameter alone is a unit of its part, which is measured where its numbers leave it.
func TestActivationOfParameter(t *testing.T) {
	for _, test := range []struct {
		gate float64
		want Condition
	}{{0, Healthy}, {40, Saturated}} {
		o := function(2, func(x *gradus.Value, w vector) *gradus.Value { return w[0].Sigmoid().Mul(x).Mul(w[1]) })
		o.params[0].As("gate.w").Data = test.gate
		o.params[1].As("out.w")
		r, err := Check(o, nn.HalfSquaredError, [][]float64{{1}, {2}}, [][]float64{{0}, {0}}, 0.001)
		a := 1 / (1 + math.Exp(-test.gate))
		want := 4 * a * math.Sqrt(2.5) // ∂L/∂z = y·w₁ for z = a·x and y = z·w₁
		if l := r.Layers[0]; err != nil || r.Condition != test.want || math.Abs(l.DZ-want) > 1e-12 {
			t.Errorf("error %v, ∂L/∂z = %v, want %v and %s:\n%v", err, l.DZ, want, test.want, r)
		}
	}
}

// A stage that is all of a part has its ∂L/∂z. Units of which one has a bias are not alike.
func TestStagesAndUnits(t *testing.T) {
	half := nn.Constant(0.5)
	net := nn.NewMLP(nil, 2, nn.Dense{Units: 3, Activation: nn.Tanh, Init: half}, nn.Dense{Units: 1, Init: half})
	x, targets := [][]float64{{0, 1}, {1, 1}}, [][]float64{{1}, {0}}
	for _, want := range []Condition{Symmetric, Healthy} {
		m := newModel(hide(net))
		for i := range x {
			if err := m.sample(i, nn.MeanSquaredError, x[i], targets[i]); err != nil {
				t.Fatal(err)
			}
		}
		layers := m.done().layers(0.1)
		for i, s := range m.stages[:min(2, len(m.stages))] {
			if want == Symmetric && math.Abs(s.dz-layers[i].DZ) > 1e-15 {
				t.Errorf("∂L/∂z = %v in stage %d, want %v", s.dz, i+1, layers[i].DZ)
			}
		}
		if r, err := Check(hide(net), nn.MeanSquaredError, x, targets, 0.1); err != nil || r.Condition != want {
			t.Errorf("error %v, want %s:\n%v", err, want, r)
		}
		net.Layers[0].Neurons[0].B = nil
	}
}
