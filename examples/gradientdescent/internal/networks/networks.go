// Package networks makes the networks of the tutorial "Practice Implementing Gradient Descent".
package networks

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/mersenne"
	"github.com/gradus-go/gradus/nn"
)

// New returns a network with these layers, for instance 2, 3, 3, 2. The weights and, as the
// text treats them as weights of a constant 1, the biases come from the same distribution, and are
// drawn row by row.
func New(seed uint32, phi nn.Activation, draw nn.Init, layers ...int) *nn.MLP {
	like := nn.Dense{Activation: phi, Init: draw, BiasInit: draw}
	return nn.NewMLP(mersenne.NumPy(seed), layers[0], nn.Stack(like, layers[1:]...)...)
}

// Rand01 is the distribution of np.random.rand.
var Rand01 = nn.Uniform(0, 1)

// Scaled returns the distribution draw, divided by √(inputs + 1): here the bias is the weight of an
// input, too.
func Scaled(draw nn.Init) nn.Init {
	return func(rng *rand.Rand, fanIn, fanOut int) float64 {
		return draw(rng, fanIn, fanOut) / math.Sqrt(float64(fanIn+1))
	}
}

// With returns the network with another activation in every layer. Both networks share their neurons,
// since a million Values take a while to make.
func With(net *nn.MLP, phi nn.Activation) *nn.MLP {
	other := &nn.MLP{}
	for _, l := range net.Layers {
		other.Layers = append(other.Layers, &nn.Layer{Neurons: l.Neurons, Activation: phi})
	}
	return other
}

// Sigmoid is σ(c·z).
func Sigmoid(c *gradus.Value) nn.Activation {
	return nn.NewActivation("σ(c·z)", func(z *gradus.Value) *gradus.Value { return z.Mul(c).Sigmoid() })
}

// TextSigmoid is s = σ(c·z) with the derivative that the text uses, s(1 − s), in which the factor c is
// missing: that of c·z is taken for 1. The product is defined with Func2, because no function of
// package gradus has a wrong derivative. Nobody asks for its derivative by c.
func TextSigmoid(c *gradus.Value) nn.Activation {
	product := gradus.Func2("c·z, derivative 1", func(c, z float64) float64 { return c * z },
		func(_, _ float64) float64 { return 0 }, func(_, _ float64) float64 { return 1 })
	return nn.NewActivation("σ(c·z), derivative s(1 − s)",
		func(z *gradus.Value) *gradus.Value { return product.Apply(c, z).Sigmoid() })
}

// Activation returns an activation that applies an op.
func Activation(name string, op *gradus.Op) nn.Activation {
	return nn.NewActivation(name, func(z *gradus.Value) *gradus.Value { return op.Apply(z) })
}

// Error returns the sum of squared errors of a network for a sample, as a graph.
func Error(net *nn.MLP, x, yTrue []float64) (E *gradus.Value) {
	in, target := gradus.Values(x), gradus.Values(yTrue)
	for i := range in {
		in[i].As(fmt.Sprintf("x%d", i+1))
		target[i].As(fmt.Sprintf("t%d", i+1))
	}
	layers := net.Trace(in...)
	return nn.SumSquaredErrors(layers[len(layers)-1].A, target).As("E")
}

// LargestGrad returns the largest absolute derivative of this error in a layer.
func LargestGrad(net *nn.MLP, layer int, x, yTrue []float64) (largest float64) {
	Error(net, x, yTrue).Backward()
	for _, v := range net.Layers[layer].Params() {
		largest = max(largest, math.Abs(v.Grad))
	}
	return largest
}
