package health

import (
	"math"
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

// Where the last activation is flat for just those outputs that are wrong, no inputs are blamed: here ReLU is
// off for two of three samples, and right for the third.
func TestFlatWhereWrong(t *testing.T) {
	net := one(nn.ReLU, 1, 0, 1, 0)
	net.Layers[0].Activation = nn.Tanh
	x, right := [][]float64{{1}, {-1}, {-2}}, math.Tanh(1)
	for i, want := range []string{
		"ReLU′: ∂L/∂z = ReLU′(z)·∂L/∂y = 0 in layer 2 for every sample, since ReLU is flat wherever ∂L/∂y is not " +
			"0; give layer 2 an activation with a slope there, such as nn.Identity",
		"∂L/∂z = 0 in parameters for every sample, although ∂L/∂y is not: look behind z for an activation that " +
			"is flat there, for a factor that is 0, and for a max, a where or a pick that never chooses it",
	} {
		r := both(t, net, nn.HalfSquaredError, x, [][]float64{{right}, {1}, {1}}, 0.01)[i]
		if r.Condition != Vanishing || r.Layer != len(r.Layers) || r.Diagnosis != want || r.Cure != (Cure{}) {
			t.Errorf("cure %+v, want vanishing, %s:\n%v", r.Cure, want, r)
		}
	}
	net.Layers[1].Activation = nn.Identity // which is the cure
	for _, r := range both(t, net, nn.HalfSquaredError, x, [][]float64{{right}, {1}, {1}}, 0.01) {
		if r.Condition != Healthy {
			t.Errorf("want healthy:\n%v", r)
		}
	}
}

// A layer whose weights are 0 stops all layers before it, whatever its biases are.
func TestNoWeights(t *testing.T) {
	x, targets := [][]float64{{1}, {-1}, {-2}}, [][]float64{{0.1}, {1}, {1}}
	named := nn.NewMLP(nil, 1, nn.Stack(nn.Dense{Init: nn.Constant(1), BiasInit: nn.Constant(1)}, 1, 1, 1)...)
	named.Layers[2].Neurons[0].W[0].Data = 0
	for name, net := range map[string]nn.Model{
		"an MLP": one(nn.Tanh, 1, 1, 1, 1, 0, 1), "another model": hide(named),
	} {
		const want = "W = 0 in layer 3, and therefore ∂L/∂z = 0 in layer 1; " + zeroMean
		r, err := Check(net, nn.HalfSquaredError, x, targets, 0.01)
		if err != nil || r.Condition != Vanishing || r.Diagnosis != want {
			t.Errorf("%s: error %v, want vanishing, %s:\n%v", name, err, want, r)
		}
	}
}

// Where weights that are not 0 cancel each other out, the factors on the way are numbers, too.
func TestCancelledWeights(t *testing.T) {
	half := nn.Constant(0.5)
	net := nn.NewMLP(nil, 1, nn.Stack(nn.Dense{Init: half, Activation: nn.Tanh}, 1, 1, 2, 1)...)
	net.Layers[2].Neurons[1].W[0].Data = -0.5 // so that both cancel, y = 0, and the first number is √(2.01/3)
	net.Layers[3].Neurons[0].W[1].Data = 0.5
	x, targets := [][]float64{{1}, {-1}, {-2}}, [][]float64{{0.1}, {1}, {1}}
	const want = "∏W: ∂L/∂z shrinks from 0.82 in layer 4 to 0 in layer 1, since each matrix on the way " +
		"multiplies it by about 0; " + zeroMean
	r, err := Check(net, nn.HalfSquaredError, x, targets, 0.01)
	if err != nil || r.Diagnosis != want {
		t.Errorf("error %v, want %s:\n%v", err, want, r)
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
