package train_test

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// moons are 100 points on two half circles, each class next to the other's hollow, with noise
// of a tenth of the radius: scikit-learn's make_moons.
func moons() (d train.Data) {
	rng := rand.New(rand.NewPCG(1, 0))
	for i := range 100 {
		sin, cos := math.Sincos(math.Pi * float64(i/2) / 49)
		x, y, label := cos, sin, -1.0
		if i%2 == 1 {
			x, y, label = 1-cos, 0.5-sin, 1
		}
		x, y = x+0.1*rng.NormFloat64(), y+0.1*rng.NormFloat64()
		d.X, d.T = append(d.X, []float64{x, y}), append(d.T, []float64{label})
	}
	return d
}

// moonsNet returns the network of micrograd's demo, with initial numbers drawn as there.
func moonsNet() *nn.MLP {
	hidden := nn.Dense{Activation: nn.ReLU, Init: nn.Uniform(-1, 1)}
	layers := append(nn.Stack(hidden, 16, 16), nn.Dense{Units: 1, Init: nn.Uniform(-1, 1)})
	return nn.NewMLP(rand.New(rand.NewPCG(2, 0)), 2, layers...)
}

// moonsConfig returns the Config that trains the network of micrograd's demo as the demo does.
func moonsConfig() train.Config {
	return train.Config{
		Net: moonsNet(), Loss: nn.Hinge, Data: moons(), Epochs: 100,
		Optimizer: &optim.SGD{Rate: optim.Linear(1, 0.1, 100), WeightDecay: 2e-4},
	}
}

// states trains and returns the State of every batch.
func states(t *testing.T, c train.Config) (all []train.State) {
	t.Helper()
	c.Callback = func(s train.State) { all = append(all, s) }
	if err := train.Run(context.Background(), c); err != nil {
		t.Fatal(err)
	}
	return all
}

// losses returns the loss of every batch.
func losses(states []train.State) (l []float64) {
	for _, s := range states {
		l = append(l, s.Loss)
	}
	return l
}

// demo is micrograd's own optimiser: descent along the gradient of the loss and of 1e-4·Σp².
type demo struct{ step int }

func (o *demo) Step(params, grad []float64) {
	rate := 1 - 0.9*float64(o.step)/100
	o.step++
	for i, g := range grad {
		params[i] -= rate * (g + 2e-4*params[i])
	}
}

// The network is trained in three ways: by replay, with graphs, and in a loop that does not use
// package nn. The losses of the first 100 steps agree to 10 digits, as the package promises. The
// rounding errors are much smaller, below 1e-13.
func TestMoons(t *testing.T) {
	sgd := func(rate float64) func() optim.Optimizer {
		return func() optim.Optimizer { return optim.NewSGD(optim.Constant(rate)) }
	}
	for _, tt := range []struct {
		name          string
		batch, epochs int
		optimizer     func() optim.Optimizer
	}{
		{"micrograd's demo", 0, 100, func() optim.Optimizer { return moonsConfig().Optimizer }},
		{"batches of 7, the last of 2", 7, 7, sgd(0.1)},
		{"batches of 1", 1, 1, sgd(0.01)},
		{"batches of 33, the last of 1", 33, 25, sgd(0.1)}, // 4 of them in an epoch
		{"Adam", 25, 25, func() optim.Optimizer { return optim.NewAdam(optim.Constant(0.01)) }},
		{"momentum", 25, 25, func() optim.Optimizer {
			return &optim.SGD{Rate: optim.Constant(0.05), Momentum: 0.9, WeightDecay: 2e-4}
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := moonsConfig()
			c.Batch, c.Epochs, c.Optimizer = tt.batch, tt.epochs, tt.optimizer()
			replayed := states(t, c)
			c.Net, c.Optimizer, c.Eager = moonsNet(), tt.optimizer(), true
			eager := states(t, c)
			if len(eager) < 100 {
				t.Fatalf("%d steps, want at least 100", len(eager))
			}
			same(t, "replay", losses(replayed), losses(eager))
			reference := tt.optimizer()
			if tt.batch == 0 {
				reference = &demo{}
			}
			same(t, "a loop", loop(reference, replayed), losses(eager))
		})
	}
}

// The demo ends with every point on the right side.
func TestMoonsAreLearned(t *testing.T) {
	c := moonsConfig()
	states(t, c)
	y := predict(t, newPredictor(t, c.Net), c.Data.X)
	for i := range y {
		if y[i][0]*c.Data.T[i][0] <= 0 {
			t.Errorf("y = %v for point %d, want the sign of %v", y[i][0], i, c.Data.T[i][0])
		}
	}
}

func same(t *testing.T, what string, got, want []float64) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d losses with %s, want %d", len(got), what, len(want))
	}
	for i := range want {
		if !(math.Abs(got[i]-want[i]) <= 1e-10*math.Abs(want[i])) {
			t.Fatalf("step %d: the loss is %v with %s, want %v", i, got[i], what, want[i])
		}
	}
}

// loop trains the moons net for the same batches, as one would with gradus alone: a neuron is
// products and sums, and the derivatives of the samples add up. It returns the losses.
func loop(o optim.Optimizer, states []train.State) (losses []float64) {
	data, params := moons(), moonsNet().Params()
	numbers, grad := make([]float64, len(params)), make([]float64, len(params))
	for i, p := range params {
		numbers[i] = p.Data
	}
	var tape gradus.Tape
	for _, s := range states {
		for i, p := range params {
			p.Data, p.Grad = numbers[i], 0
		}
		sum := 0.0
		for _, i := range s.Samples {
			tape.Reset()
			h := []*gradus.Value{tape.New(data.X[i][0]), tape.New(data.X[i][1])}
			h, rest := neurons(16, h, params)
			h, rest = neurons(16, relu(h), rest)
			h, _ = neurons(1, relu(h), rest)
			loss := gradus.New(1).Sub(h[0].Mul(gradus.New(data.T[i][0]))).ReLU()
			loss.Backward()
			sum += loss.Data
		}
		n := float64(len(s.Samples))
		for i, p := range params {
			grad[i] = p.Grad / n
		}
		o.Step(numbers, grad)
		losses = append(losses, sum/n)
	}
	return losses
}

// neurons returns the sums of n neurons, and the parameters that are left for others.
func neurons(n int, x, params []*gradus.Value) (z, rest []*gradus.Value) {
	for range n {
		sum := params[len(x)] // the bias
		for i := range x {
			sum = sum.Add(params[i].Mul(x[i]))
		}
		z, params = append(z, sum), params[len(x)+1:]
	}
	return z, params
}

func relu(z []*gradus.Value) (a []*gradus.Value) {
	for _, v := range z {
		a = append(a, v.ReLU())
	}
	return a
}
