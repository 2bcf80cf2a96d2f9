package nn_test

import (
	"math"
	"math/rand/v2"
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
	valueSize, slopeFor func(a, slope float64) float64
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
}

func itself(a, _ float64) float64       { return a }
func theSlope(_, slope float64) float64 { return slope }

// times returns c·a + d.
func times(c, d float64) func(a, _ float64) float64 {
	return func(a, _ float64) float64 { return c*a + d }
}

func TestActivationsAgainstTorch(t *testing.T) {
	file := torchdata.Read[torchFile](t, "seed")
	for name, tt := range torchActivations {
		points := file.Activations[name]
		if len(points) < 29 {
			t.Errorf("%s: %d points, want 20 ordinary ones and 9 special ones", name, len(points))
		}
		if got := tt.activation.Name(); got != name {
			t.Errorf("the name is %q, want %q", got, name)
		}
		for _, p := range points {
			a := tt.activation.Apply(gradus.New(p.Z)).Data
			if !near(a, p.A, tt.value, tt.valueSize(p.A, p.Slope)) {
				t.Errorf("%s(%v) = %v, PyTorch has %v", name, p.Z, a, p.A)
			}
			slope := tt.activation.Slope(p.Z)
			if !near(slope, p.Slope, tt.slope, tt.slopeFor(p.A, p.Slope)) {
				t.Errorf("%s: slope at %v is %v, PyTorch has %v", name, p.Z, slope, p.Slope)
			}
		}
	}
}

// losses are all of this package's, by name.
var losses = map[string]nn.Loss{
	"HalfSquaredError":    nn.HalfSquaredError,
	"SumSquaredErrors":    nn.SumSquaredErrors,
	"MeanSquaredError":    nn.MeanSquaredError,
	"BinaryCrossEntropy":  nn.BinaryCrossEntropy,
	"SoftmaxCrossEntropy": nn.SoftmaxCrossEntropy,
	"Hinge":               nn.Hinge,
}

func TestLossesAgainstTorch(t *testing.T) {
	file := torchdata.Read[torchFile](t, "seed")
	for name, loss := range losses {
		if n := len(file.Losses[name]); n != 5*7*2 {
			t.Errorf("%s: %d points, want 5 widths, 7 kinds of outputs, 2 of targets", name, n)
		}
		for _, p := range file.Losses[name] {
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
				if !near(target[i].Grad, p.DT[i], size.ulps, size.dt(i, p.DT[i])) {
					t.Errorf("%s: by t[%d] at %v, %v: %v, PyTorch has %v",
						name, i, p.Y, p.T, target[i].Grad, p.DT[i])
				}
			}
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
