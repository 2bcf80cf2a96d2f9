package health

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/nn"
)

// both checks a network as an MLP and as a model whose layers are not known.
func both(t *testing.T, net *nn.MLP, loss nn.Loss, x, targets [][]float64, rate float64) []Report {
	t.Helper()
	var reports []Report
	for _, m := range []nn.Model{net, hide(net)} {
		r, err := Check(m, loss, x, targets, rate)
		if err != nil {
			t.Fatal(err)
		}
		reports = append(reports, r)
	}
	return reports
}

// Where the gradients of the samples cancel out, exactly or up to rounding, no inputs are blamed, and a
// larger rate is of no use.
func TestStationary(t *testing.T) {
	xor, classes := [][]float64{{-1, -1}, {-1, 1}, {1, -1}, {1, 1}}, [][]float64{{0}, {1}, {1}, {0}}
	rng := rand.New(rand.NewPCG(1, 0))
	var x, targets [][]float64
	for range 50 {
		x = append(x, []float64{rng.NormFloat64()})
		targets = append(targets, []float64{rng.NormFloat64()})
	}
	const want = "∂L/∂W = 0 in every layer, although ∂L/∂y is not: the gradients of the samples cancel each "
	for _, tt := range []struct {
		name       string
		net        *nn.MLP
		loss       nn.Loss
		x, targets [][]float64
		want       Condition
	}{
		{
			"a neuron without weights and XOR", nn.NewMLP(nil, 2, nn.Dense{Units: 1, Init: nn.Constant(0)}),
			nn.BinaryCrossEntropy, xor, classes, Stationary,
		},
		{"a line through noise", fit(x, targets), nn.MeanSquaredError, x, targets, Stationary},
		{"one sample less", fit(x, targets), nn.MeanSquaredError, x[1:], targets[1:], Healthy},
		{
			"one layer learns", one(nn.Tanh, 1, 0, 1, 0), nn.MeanSquaredError,
			[][]float64{{1}, {-1}},
			[][]float64{{0}, {0}},
			Healthy,
		},
	} {
		for _, r := range both(t, tt.net, tt.loss, tt.x, tt.targets, 0.01) {
			says := r.Layer == 0 && strings.HasPrefix(r.Diagnosis, want)
			if r.Condition != tt.want || says != (tt.want == Stationary) {
				t.Errorf("%s: want %s:\n%v", tt.name, tt.want, r)
			}
		}
	}
}

// fit returns the line with the least squared error, as a network of one neuron.
func fit(x, targets [][]float64) *nn.MLP {
	var n, sx, st, sxx, sxt float64
	for i, x := range x {
		n, sx, st, sxx, sxt = n+1, sx+x[0], st+targets[i][0], sxx+x[0]*x[0], sxt+x[0]*targets[i][0]
	}
	w := (n*sxt - sx*st) / (n*sxx - sx*sx)
	return one(nn.Identity, w, (st-w*sx)/n)
}

// Inputs of 0 are named where they stop a layer without biases. Where there are biases, weights are not
// blamed for what comes from them.
func TestInputsOfZero(t *testing.T) {
	x, targets := [][]float64{{0, 0}, {0, 0}}, [][]float64{{1}, {2}}
	layers := func(d nn.Dense) *nn.MLP {
		d.Units, d.Activation = 3, nn.Tanh
		return nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, d, nn.Dense{Units: 1})
	}
	for _, tt := range []struct {
		name string
		net  *nn.MLP
		rate float64
		want Condition
		says string
	}{
		{"no biases", layers(nn.Dense{NoBias: true}), 0.01, Vanishing, "∂L/∂W = 0 in "},
		{"biases", layers(nn.Dense{BiasInit: nn.Normal(0, 1)}), 0.01, Healthy, ""},
		{"a large rate", layers(nn.Dense{BiasInit: nn.Normal(0, 1)}), 100, Exploding, "η: "},
		{"large biases", layers(nn.Dense{BiasInit: nn.Normal(0, 1000)}), 0.01, Saturated, "tanh′ "},
	} {
		for i, r := range both(t, tt.net, nn.MeanSquaredError, x, targets, tt.rate) {
			if r.Condition != tt.want || !strings.HasPrefix(r.Diagnosis, tt.says) || r.Layers[0].Gain != 0 ||
				tt.want == Vanishing && !strings.HasSuffix(r.Diagnosis, []string{"0", "chooses it"}[i]) ||
				tt.want == Saturated && !strings.HasSuffix(r.Diagnosis, zeroMean) {
				t.Errorf("%s: want %s, %s, and no gain:\n%v", tt.name, tt.want, tt.says, r)
			}
		}
	}
}

// A rate that is too large for inputs such as shades of grey from 0 to 255 is one for other inputs. In a
// model that is not an MLP, large inputs may be tokens.
func TestLargeInputs(t *testing.T) {
	x, targets := batch(20, 2, 1, 20)
	for i, scale := range []float64{1, 1. / 20} {
		scaled := slices.Clone(x)
		for k := range scaled {
			scaled[k] = []float64{scale * x[k][0], scale * x[k][1]}
		}
		hidden := nn.Dense{Units: 4, Activation: nn.ReLU}
		net := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), 2, hidden, nn.Dense{Units: 1})
		for k, r := range both(t, net, nn.MeanSquaredError, scaled, targets, []float64{0.1, 10}[i]) {
			if r.Condition != Exploding || strings.Contains(r.Diagnosis, "scale inputs") != (i == 0 && k == 0) {
				t.Errorf("inputs times %v, want exploding:\n%v", scale, r)
			}
		}
	}
}
