package health

import (
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// An MLP that hides its layers is measured like one that shows them, and has the same condition.
func TestHiddenMLP(t *testing.T) {
	phis := []nn.Activation{
		nn.Identity, nn.Sigmoid, nn.Tanh, nn.ReLU, nn.Softplus, nn.ELU, nn.SiLU, nn.GELU, nn.ScaledSigmoid(0.01),
		nn.LeakyReLU(0.01), nn.NewActivation("x·σ(x)", silu),
		nn.NewActivation("max", func(z *gradus.Value) *gradus.Value {
			return z.Max(0)
		}),
	}
	found := map[Condition]int{}
	for _, phi := range phis {
		for _, init := range []nn.Init{
			nn.LeCun, nn.Uniform(0, 1), nn.Uniform(0, 50), nn.Normal(0, 1e-4), nn.Constant(0.5), nn.Constant(0),
		} {
			for _, depth := range []int{0, 1, 8} {
				p := newPatient(4, 1, 0.01, deep(nn.Dense{Activation: phi, Init: init}, depth, 2)...)
				want := p.check(t)
				got, err := Check(hide(p.net), p.loss, p.data.X, p.data.T, p.rate)
				if err != nil {
					t.Fatal(err)
				}
				found[want.Condition]++
				factor, _, _ := strings.Cut(want.Diagnosis, "′") // of which general diagnoses know only φ
				factor, _, _ = strings.Cut(factor, ":")
				if want.Condition != got.Condition || want.Layer != got.Layer || len(phi.Name()) < 8 &&
					!strings.HasPrefix(got.Diagnosis, factor) && want.Condition != Symmetric && want.Condition != Healthy {
					t.Errorf("%s, %d layers: %s in %d: %s\nwant %s in %d: %s", phi.Name(), depth+1, got.Condition,
						got.Layer, got.Diagnosis, want.Condition, want.Layer, want.Diagnosis)
				}
				if diff := cmp.Diff(want.Layers, got.Layers, cmpopts.EquateApprox(1e-12, 0), cmpopts.EquateNaNs(),
					cmpopts.IgnoreFields(Layer{}, "Activation")); diff != "" {
					t.Errorf("%s, %d layers (-shown +hidden):\n%s", phi.Name(), depth+1, diff)
				}
			}
		}
	}
	for _, c := range []Condition{Exploding, Saturated, Dead, Vanishing, Symmetric, Healthy} {
		if found[c] == 0 {
			t.Errorf("no network is %s", c)
		}
	}
}

// Models of one's own, each made sick in one way, and healthy ones.
func TestModels(t *testing.T) {
	relu, tanh, sigmoid := (*gradus.Value).ReLU, (*gradus.Value).Tanh, (*gradus.Value).Sigmoid
	identity := func(z *gradus.Value) *gradus.Value { return z }
	image, series, words := [2]int{36, 2}, [2]int{20, 1}, [2]int{15, 1} // inputs and targets
	for _, test := range []struct {
		name  string
		model *own
		size  [2]int
		scale float64 // of the inputs
		rate  float64
		want  Condition
		part  string
		says  []string
	}{
		{"convolution", conv(0.47, 0, relu), image, 1, 0.01, Healthy, "", []string{"layer by 0.0037 to 0.021"}},
		{"convolution with z·σ(z)", conv(0.47, 0, silu), image, 1, 0.01, Healthy, "", nil},
		{"its σ is flat, but z is not", conv(0.3, 9, silu), image, 1, 1e-4, Healthy, "", nil},
		{"convolution with GELU by tanh", conv(0.3, 9, gelu), image, 1, 1e-4, Healthy, "", nil},
		{"LSTM", lstm(0.5, 1), series, 1, 0.01, Healthy, "", nil},
		{"LSTM whose memory stays", lstm(0.5, 9), series, 1, 0.01, Healthy, "", nil},
		{"LSTM whose gates are parts", lstm(0.5, 1).bare(), series, 1, 0.01, Healthy, "", nil},
		{"recurrent", recurrent(0.6, tanh), series, 1, 0.01, Healthy, "", nil},
		{"attention", attention(0.6, 0, relu), words, 1, 0.01, Healthy, "", nil},

		{
			"dead filters", conv(0.47, -20, relu), image, 1, 0.01, Dead, "conv1",
			[]string{"ReLU′ = 0 at z = -2", ": 4 of 4 units of conv1 are off for every sample; " + he},
		},
		{
			"dead filters with z·σ(z)", conv(0.47, -30, silu), image, 1, 0.01, Dead, "conv1",
			[]string{"φ′ ≤ 3e-10 at z = -3", ": 4 of 4 units of conv1 are off for every sample; " + he},
		},
		{
			"dead behind attention", attention(0.6, -20, relu), words, 1, 0.01, Dead, "hidden",
			[]string{"6 of 6 units of hidden are off"},
		},
		{
			"saturated filters", conv(0.47, 30, sigmoid), image, 1, 0.01, Saturated, "conv1",
			[]string{"σ′ ≤ ", ": the inputs to the σ of conv1 are too large; " + zeroMean},
		},
		{
			"large inputs", conv(0.47, 0, tanh), image, 1e7, 0.01, Saturated, "conv1",
			[]string{"tanh′ ", ": the inputs to conv1 are too large, not its weights; scale the inputs to about 1"},
		},
		{
			"large weights", conv(1e3, 0, relu), image, 1, 0.01, Exploding, "conv1",
			[]string{"W: conv1 makes its inputs 3e+03 times as large, and a step at rate 0.01 changes", " of dense2"},
		},
		{
			"recurrent, exploding", recurrent(2, identity), series, 1, 0.01, Exploding, "rnn",
			[]string{"W: rnn makes its inputs 1.6e+12 times as large"},
		},
		{
			"LSTM, exploding", lstm(8, 5), series, 1, 10, Exploding, "lstm",
			[]string{"W: lstm makes its inputs ", " times as large, and a step at rate 10 changes the weights of"},
		},
		{
			"LSTM, rate", lstm(0.5, 1), series, 1, 20, Exploding, "out",
			[]string{"η: a step at rate 20 changes the weights of out by "},
		},
		{
			"LSTM that forgets", lstm(0.5, -3), series, 1, 0.01, Vanishing, "lstm",
			[]string{"∏a: ∂L/∂z shrinks from 1.4 in out to ", " in stage 1 of 20 of lstm, since the ", openGates},
		},
		{
			"LSTM that forgets, whose gates are parts", lstm(0.5, -3).bare(), series, 1, 0.01, Vanishing, "output",
			[]string{"∏a: ∂L/∂z shrinks from ", "in stage 1 of 20 of output"},
		},
		{
			"recurrent, small weights", recurrent(0.1, tanh), series, 1, 0.01, Vanishing, "rnn",
			[]string{"∏W: ", " in stage 1 of 20 of rnn, since each matrix on the ", "it by about 0.2", zeroMean},
		},
		{
			"recurrent, σ", recurrent(0.5, sigmoid), series, 1, 0.01, Vanishing, "rnn",
			[]string{"∏σ′: ", "since each σ on the way multiplies it by about 0.22; " + useTanh},
		},
		{
			"recurrent, saturated now and then", recurrent(5, tanh), series, 1, 0.01, Vanishing, "rnn",
			[]string{"∏tanh′: ", zeroMean},
		},
		{
			"last layer of zeros", conv(0.47, 0, relu).set("dense2", 0), image, 1, 0.01, Vanishing, "conv1",
			[]string{"W = 0 in dense2, and therefore ∂L/∂z = 0 in conv1; "},
		},
		{
			"filters alike", conv(0.47, 0, tanh).set("", 0.1), image, 1, 0.01, Symmetric, "conv1",
			[]string{"of the 4 units of conv1 only 1 differ: "},
		},
		{
			"half of the filters alike", conv(0.47, 0, tanh).set("", 0.1).set("conv1.kernel3", 0.2).
				set("conv1.kernel4", 0.2), image, 1, 0.01, Symmetric, "conv1",
			[]string{"of the 4 units of conv1 only 2 differ: "},
		},
		{
			"two of four filters alike", conv(0.47, 0, tanh).set("", 0.1).set("conv1.kernel3", 0.2).
				set("conv1.kernel4", 0.3), image, 1, 0.01, Healthy, "", nil,
		},
		{
			"LSTM of equal weights", lstm(0.5, 1).set("", 0.1), series, 1, 0.01, Symmetric, "lstm",
			[]string{"of the 16 units of lstm only 4 differ: "},
		},
		{
			"a forgotten layer", conv(0.47, 0, relu).with("conv3.kernel", 3, 4), image, 1, 0.01, Unused, "conv3",
			[]string{"nothing depends on conv3.kernel1.w1 (unused: 15 of the 15 parameters of conv3): use it in"},
		},
		{
			"two forgotten layers", conv(0.47, 0, relu).with("conv3.kernel", 1, 1).with("conv4.kernel", 1, 1), image,
			1, 0.01, Unused, "conv3",
			[]string{"unused: 2 of the 2 parameters of conv3"},
		},
		{
			"a forgotten neuron", conv(0.47, 0, relu).with("dense2.spare", 2, 4), image, 1, 0.01, Unused, "dense2",
			[]string{"nothing depends on dense2.spare1.w1 (unused: 10 of the 44 parameters of dense2): "},
		},
		{
			"a forgotten parameter", conv(0.47, 0, relu).with("scale", 1, 0), image, 1, 0.01, Unused, "scale1",
			[]string{"nothing depends on scale1.b (unused: 1 of the 1 parameters of scale1): use it in Forward, or"},
		},
		{
			"NaN", conv(0.47, 0, relu).set("conv1.kernel2.w3", math.NaN()), image, 1, 0.01, Exploding, "conv1",
			[]string{"W: conv1.kernel2.w3 = NaN in conv1: " + lessRate},
		},
	} {
		x, targets := batch(12, test.size[0], test.size[1], test.scale)
		r, err := Check(test.model, nn.MeanSquaredError, x, targets, test.rate)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		part := ""
		if r.Layer > 0 {
			part = r.Layers[r.Layer-1].Name
		}
		if r.Condition != test.want || part != test.part {
			t.Errorf("%s: %s in %q, want %s in %q:\n%v", test.name, r.Condition, part, test.want, test.part, r)
		}
		for _, says := range test.says {
			if !strings.Contains(r.Diagnosis, says) {
				t.Errorf("%s: diagnosis %q, want %q in it", test.name, r.Diagnosis, says)
			}
		}
	}
}
