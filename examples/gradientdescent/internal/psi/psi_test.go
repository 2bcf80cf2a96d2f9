package psi

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/gradus-go/gradus/nn"
)

func squaredError(y, t []float64) (sum float64) {
	for i := range y {
		sum += (y[i] - t[i]) * (y[i] - t[i])
	}
	return sum
}

// The gradients agree with central differences of the error, as far as these are accurate.
func TestBackward(t *testing.T) {
	like := nn.Dense{Activation: nn.Sigmoid, BiasInit: nn.Uniform(-1, 1)}
	weights := Weights(nn.NewMLP(rand.New(rand.NewPCG(3, 3)), 2, nn.Stack(like, 4, 3, 2)...))
	x, target := []float64{0.3, -0.7}, []float64{0.9, 0.2}
	E := func() float64 { return squaredError(Forward(weights, x, Sigmoid)[3], target) }
	psis, gradients := Backward(weights, Forward(weights, x, Sigmoid), target)
	const h = 1e-5
	for l, w := range weights {
		for i, row := range w {
			for k := range row {
				old := row[k]
				row[k] = old + h
				above := E()
				row[k] = old - h
				slope := (above - E()) / (2 * h)
				row[k] = old
				if got := gradients[l][i][k]; math.Abs(got-slope) > 1e-9 {
					t.Errorf("layer %d, row %d, column %d: %v, want %v", l, i, k, got, slope)
				}
			}
			if bias := gradients[l][i][len(row)-1]; psis[l][i] != bias {
				t.Errorf("layer %d, row %d: ψ is %v, and the derivative of the bias %v", l, i, psis[l][i], bias)
			}
		}
	}
	before := E()
	if Update(weights, gradients, 0.01); E() >= before {
		t.Errorf("an update changes the error from %v to %v, want a smaller one", before, E())
	}
}

// Each row of Weights has the weights of a neuron and then its bias, and Forward computes what the
// network does.
func TestForward(t *testing.T) {
	net := nn.NewMLP(rand.New(rand.NewPCG(3, 3)), 2, nn.Dense{Units: 2}, nn.Dense{Units: 1})
	for i, p := range net.Params() {
		p.Data = float64(i + 1)
	}
	xs := Forward(Weights(net), []float64{10, 20}, func(z float64) float64 { return 2 * z })
	want := [][]float64{{10, 20, 1}, {2 * (10 + 40 + 3), 2 * (40 + 100 + 6), 1}, {2 * (7*106 + 8*292 + 9)}}
	for l := range want {
		for i := range want[l] {
			if len(xs[l]) != len(want[l]) || xs[l][i] != want[l][i] {
				t.Fatalf("x_s is %v, want %v", xs, want)
			}
		}
	}
}
