package nn_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchdata"
	"github.com/gradus-go/gradus/nn"
)

// torchFile is what testdata/torch.json holds.
type torchFile struct {
	Activations map[string][]struct{ Z, A, Slope float64 }
	Losses      map[string][]struct {
		Y, T   []float64
		Loss   float64
		DY, DT []float64
	}
	Networks []torchNetwork
}

type torchNetwork struct {
	Inputs int
	Loss   string
	Layers []struct {
		Units      int
		Activation string
		Bias       bool
	}
	Params, X, T, Y []float64
	Value           float64
	Grad, DX        []float64
}

// ulp is the distance from 1 to the next number, twice the largest relative error of a
// rounding.
const ulp = 0x1p-52

// near reports whether got is at most so many ulps of size away from want.
func near(got, want, ulps, size float64) bool {
	return math.Abs(got-want) <= float64(ulps*ulp)*math.Abs(size)
}

// The numbers are bounds, in ulps, of an activation and of its slope. The functions of package math
// and of PyTorch are off by at most 1 ulp (tanh of package math by 1.2), and each operation around
// them by half an ulp. In 1 − a² and a(1 − a) digits cancel: their errors are those of numbers of
// the size of 1 and of a.
var torchActivations = map[string]struct {
	activation          nn.Activation
	value, slope        float64
	valueSize, slopeFor func(z, a, slope float64) float64
}{
	"identity":            {nn.Identity, 0, 0, itself, theSlope},
	"ReLU":                {nn.ReLU, 0, 0, itself, theSlope},
	"leakyReLU(0.01)":     {nn.LeakyReLU(0.01), 0, 0, itself, theSlope},
	"leakyReLU(0.25)":     {nn.LeakyReLU(0.25), 0, 0, itself, theSlope},
	"tanh":                {nn.Tanh, 2.2, 6.4, itself, times(0, 1)},
	"softplus":            {nn.Softplus, 5, 4, itself, theSlope},
	"sigmoid":             {nn.Sigmoid, 4, 6, itself, times(1, 0)},
	"scaledSigmoid(0.01)": {nn.ScaledSigmoid(0.01), 4, 7, itself, times(0.01, 0)},
	"scaledSigmoid(-2.5)": {nn.ScaledSigmoid(-2.5), 4, 7, itself, times(2.5, 0)},

	"ELU":         {nn.ELU, 4, 4, itself, theSlope},
	"SiLU":        {nn.SiLU, 5, 8, itself, onePlus(1)},
	"GELU":        {nn.GELU, 4, 4, size, onePlus(1)},
	"GELUTanh":    {nn.GELUTanh, 4, 6, size, onePlus(8)},
	"mish":        {nn.Mish, 4, 6, itself, onePlus(20)},
	"SELU":        {nn.SELU, 4, 6, itself, theSlope},
	"softsign":    {nn.Softsign, 1.5, 6, itself, func(z, _, _ float64) float64 { return 1 / (1 + math.Abs(z)) }},
	"hardtanh":    {nn.Hardtanh, 0, 0, itself, theSlope},
	"ReLU6":       {nn.ReLU6, 0, 0, itself, theSlope},
	"hardsigmoid": {nn.Hardsigmoid, 1, 1, itself, theSlope},
	"hardswish":   {nn.Hardswish, 3, 3, size, onePlus(0)},
}

func itself(_, a, _ float64) float64       { return a }
func theSlope(_, _, slope float64) float64 { return slope }
func size(z, _, _ float64) float64         { return math.Abs(z) }

// times returns c·a + d.
func times(c, d float64) func(_, a, _ float64) float64 {
	return func(_, a, _ float64) float64 { return c*a + d }
}

// onePlus is the size of the two terms of a slope, in one of which 1 − a cancels. Where |z| is
// larger than far, one factor of this is 0.
func onePlus(far float64) func(z, _, _ float64) float64 {
	return func(z, _, _ float64) float64 { return 1 + min(math.Abs(z), far) }
}

func TestActivationsAgainstTorch(t *testing.T) {
	file := torchdata.Read[torchFile](t, "seed")
	for _, a := range nn.Activations() {
		if _, ok := torchActivations[a.Name()]; !ok {
			t.Errorf("%s is not compared", a.Name())
		}
	}
	for name, tt := range torchActivations {
		points := file.Activations[name]
		if len(points) < 29 {
			t.Errorf("%s: %d points, want 20 ordinary ones and 9 special ones", name, len(points))
		}
		if got := tt.activation.Name(); got != name {
			t.Errorf("the name is %q, want %q", got, name)
		}
		if named, err := nn.ActivationNamed(name); !named.Is(tt.activation) {
			t.Errorf("%s by its name is %s, error %v", name, named.Name(), err)
		}
		for _, p := range points {
			a := tt.activation.Apply(gradus.New(p.Z)).Data
			if !near(a, p.A, tt.value, tt.valueSize(p.Z, p.A, p.Slope)) {
				t.Errorf("%s(%v) = %v, PyTorch has %v", name, p.Z, a, p.A)
			}
			slope := tt.activation.Slope(p.Z)
			if !near(slope, p.Slope, tt.slope, tt.slopeFor(p.Z, p.A, p.Slope)) {
				t.Errorf("%s: slope at %v is %v, PyTorch has %v", name, p.Z, slope, p.Slope)
			}
		}
	}
}

// losses are all of this package's that are no wrappers, by name.
var losses = map[string]nn.Loss{
	"HalfSquaredError":    nn.HalfSquaredError,
	"SumSquaredErrors":    nn.SumSquaredErrors,
	"MeanSquaredError":    nn.MeanSquaredError,
	"BinaryCrossEntropy":  nn.BinaryCrossEntropy,
	"SoftmaxCrossEntropy": nn.SoftmaxCrossEntropy,
	"Hinge":               nn.Hinge,
	"MeanAbsoluteError":   nn.MeanAbsoluteError,
	"Huber(1)":            nn.Huber(1),
	"Huber(2.5)":          nn.Huber(2.5),
	"Huber(0.5)":          nn.Huber(0.5),
	"LogCosh":             nn.LogCosh,
	"Quantile(0.9)":       nn.Quantile(0.9),
	"PoissonNLL":          nn.PoissonNLL,
	"KLDivergence":        nn.KLDivergence,
	"MultiClassHinge":     nn.MultiClassHinge,
}

// wrappers make losses for n outputs of others.
var wrappers = map[string]func(n int) nn.Loss{
	"Focal(2, SoftmaxCrossEntropy)":  func(int) nn.Loss { return nn.Focal(2, nn.SoftmaxCrossEntropy) },
	"Focal(1.5, BinaryCrossEntropy)": func(int) nn.Loss { return nn.Focal(1.5, nn.BinaryCrossEntropy) },
	"LabelSmoothing(0.1, SoftmaxCrossEntropy)": func(int) nn.Loss {
		return nn.LabelSmoothing(0.1, nn.SoftmaxCrossEntropy)
	},
	"Weighted(i + 0.5, SoftmaxCrossEntropy)": func(n int) nn.Loss {
		weights := make([]float64, n)
		for i := range weights {
			weights[i] = float64(i) + 0.5
		}
		return nn.Weighted(weights, nn.SoftmaxCrossEntropy)
	},
}

// lossPoints says how many points there are of each loss: 7 kinds of outputs times 2 of targets,
// times the widths.
func lossPoints(name string) int {
	switch name {
	case "HalfSquaredError", "SumSquaredErrors", "MeanSquaredError", "BinaryCrossEntropy", "SoftmaxCrossEntropy",
		"Hinge":
		return 5 * 14
	case "Focal(1.5, BinaryCrossEntropy)":
		return 1 * 14
	case "MultiClassHinge", "Focal(2, SoftmaxCrossEntropy)", "LabelSmoothing(0.1, SoftmaxCrossEntropy)",
		"Weighted(i + 0.5, SoftmaxCrossEntropy)":
		return 2 * 14
	}
	return 3 * 14
}

// withoutDT says of how many points PyTorch has no derivative by the targets: of those where the
// target is an index, and of the divergence from a probability of 0.
func withoutDT(name string) int {
	switch {
	case name == "KLDivergence":
		return 14
	case name == "MultiClassHinge" || wrappers[name] != nil:
		return lossPoints(name)
	}
	return 0
}

func TestLossesAgainstTorch(t *testing.T) {
	file := torchdata.Read[torchFile](t, "seed")
	if len(file.Losses) != len(losses)+len(wrappers) {
		t.Errorf("PyTorch has %d losses, want %d and %d", len(file.Losses), len(losses), len(wrappers))
	}
	for name, points := range file.Losses {
		without := 0
		for _, p := range points {
			if len(p.DT) == 0 {
				without++
			}
			if len(p.Y) == 1 && slices.Contains(ofClasses, name) { // refused: see TestOneClass
				continue
			}
			loss := losses[name]
			if wrapped := wrappers[name]; wrapped != nil {
				loss = wrapped(len(p.Y))
			}
			y, target := gradus.Values(p.Y), gradus.Values(p.T)
			l := loss(y, target)
			l.Backward()
			size := newLossSize(name, p.Y, p.T, p.Loss)
			if !near(l.Data, p.Loss, size.lossUlps, size.loss) {
				t.Errorf("%s(%v, %v) = %v, PyTorch has %v", name, p.Y, p.T, l.Data, p.Loss)
			}
			for i := range y {
				if !near(y[i].Grad, p.DY[i], size.ulps, size.dy(i, p.DY[i])) {
					t.Errorf("%s: by y[%d] at %v, %v: %v, PyTorch has %v",
						name, i, p.Y, p.T, y[i].Grad, p.DY[i])
				}
			}
			for i, dt := range p.DT {
				if !near(target[i].Grad, dt, size.ulps, size.dt(i, dt)) {
					t.Errorf("%s: by t[%d] at %v, %v: %v, PyTorch has %v", name, i, p.Y, p.T, target[i].Grad, dt)
				}
			}
		}
		if len(points) != lossPoints(name) || without != withoutDT(name) {
			t.Errorf("%s: %d points, %d without a derivative by the targets, want %d and %d",
				name, len(points), without, lossPoints(name), withoutDT(name))
		}
	}
}

func (n torchNetwork) mlp() *nn.MLP {
	var layers []nn.Dense
	for _, l := range n.Layers {
		activation := torchActivations[l.Activation].activation
		layers = append(layers, nn.Dense{Units: l.Units, Activation: activation, NoBias: !l.Bias})
	}
	m := nn.NewMLP(rand.New(rand.NewPCG(1, 0)), n.Inputs, layers...)
	for i, p := range m.Params() {
		p.Data = n.Params[i]
	}
	return m
}

// The sums in these networks have at most 8 terms of the size of 1 and are off by 4 ulps. On
// the way through three layers and a loss, and back again, that happens 8 times.
func TestNetworksAgainstTorch(t *testing.T) {
	file := torchdata.Read[torchFile](t, "seed")
	if len(file.Networks) != 3 {
		t.Errorf("%d networks, want 3", len(file.Networks))
	}
	for i, n := range file.Networks {
		m, x := n.mlp(), gradus.Values(n.X)
		params := m.Params()
		if len(params) != len(n.Params) || len(params) != len(n.Grad) {
			t.Fatalf("network %d has %d parameters, PyTorch %d", i, len(params), len(n.Params))
		}
		y := m.Forward(x...)
		loss := losses[n.Loss](y, gradus.Values(n.T))
		loss.Backward()
		compare := func(what string, got, want float64) {
			if !near(got, want, 32, 1) {
				t.Errorf("network %d: %s is %v, PyTorch has %v", i, what, got, want)
			}
		}
		compare("loss", loss.Data, n.Value)
		for k := range y {
			compare("an output", y[k].Data, n.Y[k])
		}
		for k, p := range params {
			compare("the gradient of "+p.Name(), p.Grad, n.Grad[k])
		}
		for k := range x {
			compare("the gradient of an input", x[k].Grad, n.DX[k])
		}
	}
}
