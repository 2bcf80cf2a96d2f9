package recipe

import (
	"errors"
	"flag"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// The initial weights suit the activation: their standard deviation is √(2/fan-in) for He's and
// √(2/(fan-in + fan-out)) for Xavier's, and the biases are 0.
func TestInitialWeights(t *testing.T) {
	he, xavier := math.Sqrt(2./64), math.Sqrt(2./(64+300))
	for activation, want := range map[string]float64{
		"ReLU": he, "softplus": he, "tanh": xavier, "sigmoid": xavier,
	} {
		c := Default()
		c.Activation, c.Hidden = activation, []int{300}
		made, err := c.Network(Images{8, 8, 10})
		if err != nil {
			t.Fatal(err)
		}
		net := made.(*nn.MLP)
		if got := net.Layers[0].Activation.Name(); got != activation {
			t.Errorf("the activation is %s, want %s", got, activation)
		}
		checkLayer(t, activation, net.Layers[0], want)
		checkLayer(t, activation+", outputs", net.Layers[1], math.Sqrt(2./(300+10)))
	}
}

// checkLayer compares the root of the mean square of the weights with the wanted standard deviation.
func checkLayer(t *testing.T, name string, l *nn.Layer, want float64) {
	t.Helper()
	sum, n := 0.0, 0
	for _, neuron := range l.Neurons {
		for _, w := range neuron.W {
			sum += w.Data * w.Data
			n++
		}
		if neuron.B == nil || neuron.B.Data != 0 {
			t.Errorf("%s: the bias is %v, want 0", name, neuron.B)
		}
	}
	if got := math.Sqrt(sum / float64(n)); math.Abs(got/want-1) > 4/math.Sqrt(2*float64(n)) {
		t.Errorf("%s: %d weights have the size %v, want %v", name, n, got, want)
	}
}

// Every part of the recipe has a flag, and the optimiser and training follow it.
func TestFlags(t *testing.T) {
	var c Recipe
	flags := flag.NewFlagSet("", flag.ContinueOnError)
	c.Flags(flags)
	err := flags.Parse(strings.Fields("-hidden 3,4 -activation tanh -conv -filters 7,8 -dropout 0.1 -epochs 5 " +
		"-batch 6 -rate 0.7 -beta1 0.8 -beta2 0.9 -epsilon 0.01 -decay 0.02 -seed 11"))
	want := Recipe{[]int{3, 4}, "tanh", true, []int{7, 8}, 0.1, 5, 6, 0.7, 0.8, 0.9, 0.01, 0.02, 11}
	if diff := cmp.Diff(want, c); diff != "" || err != nil {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
	adam := c.Optimizer(13)
	if adam.Beta1 != 0.8 || adam.Beta2 != 0.9 || adam.Epsilon != 0.01 || adam.WeightDecay != 0.02 ||
		!adam.Decoupled {
		t.Errorf("the optimiser is %+v", adam)
	}
	// 13 images in batches of 6 take 3 steps in each of 5 epochs.
	for step, want := range map[int]float64{0: 0.7, 15: 0, 5: 0.7 * 0.75} {
		if got := adam.Rate(step); c.Steps(13) != 15 || math.Abs(got-want) > 1e-15 {
			t.Errorf("of %d steps, step %d has the rate %v, want %v of 15", c.Steps(13), step, got, want)
		}
	}
}

func set(x float64) dataset.Set {
	return dataset.Set{X: [][]float64{{x, 0}, {0, x}, {x, x}}, Labels: []int{0, 1, 1}}
}

func TestTrain(t *testing.T) {
	c := Default()
	c.Hidden, c.Epochs, c.Batch = []int{5}, 3, 2
	net, err := c.Network(Images{1, 2, 2})
	if err != nil {
		t.Fatal(err)
	}
	var batches []int
	err = c.Train(t.Context(), net, set(1), func(s train.State) {
		batches = append(batches, 10*s.Epoch+len(s.Samples))
	})
	if diff := cmp.Diff([]int{12, 11, 22, 21, 32, 31}, batches); diff != "" || err != nil {
		t.Errorf("%v, epochs and sizes of batches (-want +got):\n%s", err, diff)
	}
	c.Epochs = 0
	if err := c.Train(t.Context(), net, set(1), func(train.State) { t.Error("a batch") }); err != nil {
		t.Error(err)
	}
}

// If numbers overflow, the learning rate may be the reason, but not before the first step.
func TestTrainOverflows(t *testing.T) {
	for _, test := range []struct {
		x, rate float64
		hint    bool
	}{{1e300, 1e300, true}, {math.Inf(1), 1, false}} {
		c := Default()
		c.Rate, c.Decay, c.Batch = test.rate, 1, 1
		net, err := c.Network(Images{1, 2, 2})
		if err != nil {
			t.Fatal(err)
		}
		err = c.Train(t.Context(), net, set(test.x), nil)
		if !errors.As(err, new(*train.NonFiniteError)) ||
			strings.Contains(err.Error(), "; want a smaller rate than") != test.hint {
			t.Errorf("inputs of %v, rate %v: error %v, want a hint: %t", test.x, test.rate, err, test.hint)
		}
	}
}

func TestTooManyParameters(t *testing.T) {
	c := Default()
	c.Hidden = []int{10000, 1000}
	const want = "hidden layers of [10000 1000] units make a network of 10021010 parameters, " +
		"want at most 4000000"
	if _, err := c.Network(Images{0, 0, 10}); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
