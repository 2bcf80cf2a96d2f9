package class_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus/examples/gradientdescent/internal/class"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/networks"
	"github.com/gradus-go/gradus/examples/gradientdescent/internal/psi"
	"github.com/gradus-go/gradus/nn"
)

// The text's only sample.
var (
	x     = []float64{.2, .3}
	yTrue = []float64{.3, .67}
)

// The text's class and the algorithm by hand agree for 3000 updates: errors of rounding do not grow.
func TestClassByHand(t *testing.T) {
	n, err := class.New(0, 2, 3, 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	weights := psi.Weights(n.MLP)
	for i := range 3000 {
		xs := psi.Forward(weights, x, func(z float64) float64 { return psi.Sigmoid(.01 * z) })
		_, gradients := psi.Backward(weights, xs, yTrue)
		psi.Update(weights, gradients, .01)
		if E, byHand := n.Train(x, yTrue), psi.Error(xs[3], yTrue); math.Abs(E-byHand) > 1e-15 {
			t.Fatalf("iteration %d: train returns %v, by hand it is %v", i, E, byHand)
		}
	}
}

func TestClass(t *testing.T) {
	n, err := class.New(0, 2, 3, 3, 2)
	if err != nil {
		t.Fatal(err)
	}
	before := psi.Error(n.Predict(x), yTrue)
	if got := n.Train(x, yTrue); got != before {
		t.Errorf("train returns %v, want the error before its update, %v", got, before)
	}
	after := psi.Error(n.Predict(x), yTrue)
	if got := n.Train(x, yTrue); got != after || after >= before {
		t.Errorf("then train returns %v, want %v, and less than %v", got, after, before)
	}
	// The update is the text's: 100 times the true gradient in the last layer.
	exact := networks.New(0, nn.ScaledSigmoid(.01), networks.Rand01, 2, 3, 3, 2)
	networks.Error(exact, x, yTrue).Backward()
	networks.Error(n.MLP, x, yTrue).Backward() // its numbers are still the initial ones, since Train stores none
	for i, v := range n.Layers[2].Params() {
		want := exact.Layers[2].Params()[i].Grad
		if ratio := v.Grad / want; math.Abs(ratio-100) > 1e-11 {
			t.Errorf("%s: %v times the true gradient, want 100", v.Name(), ratio)
		}
	}
}
