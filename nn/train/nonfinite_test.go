package train_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

var nan, inf = math.NaN(), math.Inf(1)

// output is a loss that is the first output.
func output(y, _ []*gradus.Value) *gradus.Value { return y[0].Mul(gradus.New(1)) }

// chain is a network of neurons with one input and no bias.
func chain(weights ...float64) *nn.MLP {
	net := &nn.MLP{}
	for i, w := range weights {
		layer := line(w).Layers[0]
		layer.Neurons[0].W[0].As(fmt.Sprintf("layer%d.neuron1.w1", i+1))
		net.Layers = append(net.Layers, layer)
	}
	return net
}

func unnamed(net *nn.MLP) *nn.MLP {
	for _, v := range net.Params() {
		v.As("")
	}
	return net
}

// If no single row is to blame, the error names the sum over the batch.
func TestNonFinite(t *testing.T) {
	squares := nn.SumSquaredErrors
	bias := func(w, b float64) *nn.MLP {
		net := line(w)
		net.Layers[0].Neurons[0].B = gradus.New(b).As("layer1.neuron1.b")
		return net
	}
	overflowing := nn.NewActivation("1/(1 + exp(−z))", func(z *gradus.Value) *gradus.Value {
		return gradus.New(1).Div(z.Neg().Exp().Add(gradus.New(1)))
	})
	logistic := line(1)
	logistic.Layers[0].Activation = overflowing
	for _, tt := range []struct {
		name string
		net  *nn.MLP
		loss nn.Loss
		x, t [][]float64
		want string // after: train: epoch 1, batch 1 of 1:
	}{
		{"input", line(1), squares, rows(1, 2, nan), rows(1, 1, 1), "x1 is NaN for the row Data.X[2]"},
		{
			"second of three inputs", mlp(small()), squares,
			[][]float64{{1, 2}, {1, inf}},
			rows(0, 0),
			"x2 is +Inf for the row Data.X[1]",
		},
		{"target", line(1), squares, rows(1, 2), rows(-inf, 0), "t1 is -Inf for the row Data.X[0]"},
		{
			"second target", chain(1), func(y, t []*gradus.Value) *gradus.Value {
				return y[0].Mul(t[0]).Mul(t[1])
			}, rows(1),
			[][]float64{{2, nan}},
			"t2 is NaN for the row Data.X[0]",
		},
		{
			"overflow in a dot product", bias(1e200, 0), squares, rows(1, -1e200), rows(1, 1),
			"(dot, in layer1.neuron1.z) is -Inf for the row Data.X[1]",
		},
		{
			"overflow in a square", bias(1, 1e200), squares, rows(1, 1e100), rows(1e200, 0),
			"(square, in loss) is +Inf for the row Data.X[1]",
		},
		{
			"overflow with the bias", bias(1e308, 1e308), output, rows(1), rows(0),
			"layer1.neuron1.z is +Inf for the row Data.X[0]",
		},
		{
			"overflow in the second layer", chain(1e200, 1e200), squares, rows(1), rows(1),
			"layer2.neuron1.z is +Inf for the row Data.X[0]",
		},
		{
			"overflow in an activation", logistic, squares, rows(-1000), rows(0),
			"(exp, in layer1.neuron1.a) is +Inf for the row Data.X[0]",
		},
		{
			"logarithm of a negative number", line(1), func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Log().Neg()
			}, rows(1, 2, -3), rows(0, 0, 0),
			"(ln, in loss) is NaN for the row Data.X[2]",
		},
		{
			"logarithm of 0", line(1), func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Log()
			}, rows(1, 0), rows(0, 0),
			"loss is -Inf for the row Data.X[1]",
		},
		{
			"∞ − ∞", line(1e308), func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Mul(gradus.New(10)).Sub(y[0].Mul(gradus.New(20)))
			}, rows(1), rows(0),
			"(·, in loss) is +Inf for the row Data.X[0]",
		},
		{
			"a constant of the loss", line(1), func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Mul(gradus.New(nan))
			}, rows(1), rows(0),
			"(a leaf, in loss) is NaN for the row Data.X[0]",
		},
		{
			"an infinite slope", chain(1, 0), func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Sqrt()
			}, rows(1), rows(0),
			"∂loss/∂layer2.neuron1.z is +Inf for the row Data.X[0]",
		},
		{
			"overflow of a gradient", chain(1e-200, 1e-200), func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Mul(gradus.New(1e300)).Mul(gradus.New(-1e100))
			}, rows(1), rows(0),
			"∂loss/∂layer2.neuron1.z is -Inf for the row Data.X[0]",
		},
		{
			"overflow of a gradient, of a step without a name", chain(1, 0),
			func(y, _ []*gradus.Value) *gradus.Value {
				return y[0].Mul(gradus.New(2)).Sqrt().Mul(gradus.New(3))
			}, rows(1), rows(0),
			"∂loss/∂(·, in loss) is +Inf for the row Data.X[0]",
		},
		{
			"overflow of a parameter's gradient", chain(0, 1e200), output, rows(1e200), rows(0),
			"∂loss/∂layer1.neuron1.w1 is +Inf for the row Data.X[0]",
		},
		{
			"sum of losses", line(0), func(y, t []*gradus.Value) *gradus.Value {
				return t[0].Add(y[0])
			}, rows(1, 1), rows(1e308, 1e308),
			"the sum of the losses is +Inf",
		},
		{
			"sum of derivatives", chain(0, 1), output, rows(-1e308, -1e308), rows(0, 0),
			"the sum of ∂loss/∂layer1.neuron1.w1 is -Inf",
		},
		{
			"sum of derivatives, in the second layer", chain(1, 0), output, rows(1e308, 1e308), rows(0, 0),
			"the sum of ∂loss/∂layer2.neuron1.w1 is +Inf",
		},
		{
			"sum of derivatives, without names", unnamed(line(0)), output, rows(1e308, 1e308), rows(0, 0),
			"the sum of ∂loss/∂a parameter is +Inf",
		},
		{
			"infinite parameter", bias(1, -inf), squares, rows(1), rows(1),
			"layer1.neuron1.b is -Inf for the row Data.X[0]",
		},
		{
			"∞·0", line(inf), squares, rows(0), rows(1),
			"layer1.neuron1.w1 is +Inf for the row Data.X[0]",
		},
		{"0·∞", line(0), squares, rows(inf), rows(1), "x1 is +Inf for the row Data.X[0]"},
		{
			"infinite parameter without a name", unnamed(line(inf)), squares, rows(1), rows(1),
			"(a leaf, in layer1.neuron1.z) is +Inf for the row Data.X[0]",
		},
		{
			"a row that is not to blame", line(1), func(y, t []*gradus.Value) *gradus.Value {
				return y[0].Mul(t[0].Exp().Min(gradus.New(1)))
			}, rows(1, 1, 1, 1, nan), rows(1000, 1000, 1000, 1000, 0),
			"x1 is NaN for the row Data.X[4]",
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			before := numbers(tt.net)
			for name, eager := range ways {
				t.Run(name, func(t *testing.T) {
					err := train.Run(context.Background(), train.Config{
						Net: tt.net, Loss: tt.loss, Data: train.Data{X: tt.x, T: tt.t}, Epochs: 1,
						Optimizer: optim.NewSGD(optim.Constant(1)), Eager: eager,
					})
					want := "train: epoch 1, batch 1 of 1: " + tt.want
					if fmt.Sprint(err) != want {
						t.Errorf("error %v\nwant  %s", err, want)
					}
					if diff := cmp.Diff(before, numbers(tt.net)); diff != "" {
						t.Errorf("parameters (-before +after):\n%s", diff)
					}
					for _, v := range tt.net.Params() {
						if !eager && v.Grad != 0 {
							t.Errorf("%v: want no derivative left behind", v)
						}
					}
				})
			}
		})
	}
}
