package train_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// An LSTM reads a sequence number by number. Each of its units keeps a number c from step to step.
type lstm struct{ forget, write, candidate, show, out *nn.Layer }

func newLSTM(rng *rand.Rand, units int) lstm {
	gate := func(phi nn.Activation, bias float64) *nn.Layer {
		return nn.NewLayer(rng, 1+units, nn.Dense{Units: units, Activation: phi, BiasInit: nn.Constant(bias)})
	}
	return lstm{
		gate(nn.Sigmoid, 1), gate(nn.Sigmoid, 0), gate(nn.Tanh, 0), gate(nn.Sigmoid, 0),
		nn.NewLayer(rng, units, nn.Dense{Units: 1}),
	}
}

func (l lstm) Params() []*gradus.Value {
	return slices.Concat(
		l.forget.Params(), l.write.Params(), l.candidate.Params(), l.show.Params(), l.out.Params())
}

func (l lstm) Forward(sequence ...*gradus.Value) []*gradus.Value {
	units := len(l.forget.Neurons)
	h, c := slices.Repeat([]*gradus.Value{gradus.Const(0)}, units), make([]*gradus.Value, units)
	copy(c, h)
	for _, x := range sequence {
		in := append([]*gradus.Value{x}, h...)
		f, i := l.forget.Forward(in...), l.write.Forward(in...)
		g, o := l.candidate.Forward(in...), l.show.Forward(in...)
		for k := range units {
			c[k] = f[k].Mul(c[k]).Add(i[k].Mul(g[k]))
			h[k] = o[k].Mul(c[k].Tanh())
		}
	}
	return l.out.Forward(h...)
}

// An LSTM of one's own learns to remember the first of twelve numbers, which is −1 or 1, whatever follows.
func Example_lstm() {
	rng := rand.New(rand.NewPCG(1, 0))
	sequences := func() (d train.Data) {
		for range 300 {
			x := make([]float64, 12)
			for i := range x {
				x[i] = rng.NormFloat64()
			}
			x[0] = float64(2*rng.IntN(2) - 1)
			d.X, d.T = append(d.X, x), append(d.T, x[:1])
		}
		return d
	}
	net, test := newLSTM(rng, 6), sequences()
	err := train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.Hinge, Data: sequences(),
		Optimizer: optim.Clip(optim.NewAdam(optim.Constant(0.02)), 1), Batch: 10, Epochs: 20,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	right := 0
	for _, x := range test.X {
		if net.Forward(gradus.Values(x)...)[0].Data*x[0] > 0 {
			right++
		}
	}
	fmt.Printf("%d parameters, %d of %d other sequences are right\n", len(net.Params()), right, len(test.X))
	// Output:
	// 199 parameters, 300 of 300 other sequences are right
}
