package health

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

type vector = []*gradus.Value

// own is a model of one's own: a list of parameters, which it draws, and a function.
type own struct {
	rng     *rand.Rand
	params  vector
	forward func(x vector) vector
}

func newOwn() *own                               { return &own{rng: rand.New(rand.NewPCG(5, 0))} }
func (o *own) Params() vector                    { return o.params }
func (o *own) Forward(x ...*gradus.Value) vector { return o.forward(x) }

// hide returns an MLP without its layers.
func hide(net *nn.MLP) *own {
	return &own{params: net.Params(), forward: func(x vector) vector { return net.Forward(x...) }}
}

// set sets the parameters whose names begin like this to a number.
func (o *own) set(name string, x float64) *own {
	for _, v := range o.params {
		if strings.HasPrefix(v.Name(), name) {
			v.Data = x
		}
	}
	return o
}

// bare cuts the first part of the names off.
func (o *own) bare() *own {
	for _, v := range o.params {
		_, name, _ := strings.Cut(v.Name(), ".")
		v.As(name)
	}
	return o
}

// with adds neurons that Forward does not use.
func (o *own) with(name string, n, inputs int) *own {
	o.neurons(name, n, inputs, 1, 0)
	return o
}

// neurons returns the weights of n neurons with so many inputs, normal numbers with this standard deviation,
// and their biases at the end of each.
func (o *own) neurons(name string, n, inputs int, scale, bias float64) []vector {
	all := make([]vector, n)
	for i := range all {
		for k := range inputs {
			all[i] = append(all[i], gradus.New(scale*o.rng.NormFloat64()).As(fmt.Sprintf("%s%d.w%d", name, i+1, k+1)))
		}
		all[i] = append(all[i], gradus.New(bias).As(fmt.Sprintf("%s%d.b", name, i+1)))
		o.params = append(o.params, all[i]...)
	}
	return all
}

// dense returns the weighted sums of x.
func dense(w []vector, x vector) (z vector) {
	for _, w := range w {
		n := len(w) - 1
		z = append(z, gradus.Dot(w[:n], x).Add(w[n]))
	}
	return z
}

func each(x vector, f func(*gradus.Value) *gradus.Value) (y vector) {
	for _, v := range x {
		y = append(y, f(v))
	}
	return y
}

// silu and gelu are activations that are written in several operations.
func silu(z *gradus.Value) *gradus.Value { return z.Mul(z.Sigmoid()) }

func gelu(z *gradus.Value) *gradus.Value {
	inner := z.Add(z.Pow(3).Mul(0.044715)).Mul(math.Sqrt(2 / math.Pi))
	return z.Mul(inner.Tanh().Add(1)).Div(2)
}

type phi1 = func(*gradus.Value) *gradus.Value

// conv returns a convolution of an image of 6 times 6 numbers with 4 filters of 3 times 3, the
// largest number of each row of each channel, and a layer with 2 units.
func conv(scale, bias float64, phi phi1) *own {
	o := newOwn()
	kernel := o.neurons("conv1.kernel", 4, 9, scale, bias)
	out := o.neurons("dense2.neuron", 2, 16, 0.25, 0)
	o.forward = func(x vector) vector {
		var pooled vector
		for _, w := range kernel {
			for i := range 4 {
				var row vector
				for j := range 4 {
					var patch vector
					for m := range 3 {
						patch = append(patch, x[6*(i+m)+j:6*(i+m)+j+3]...)
					}
					row = append(row, phi(dense([]vector{w}, patch)[0]))
				}
				largest := row[0]
				for _, v := range row[1:] {
					largest = largest.Max(v)
				}
				pooled = append(pooled, largest)
			}
		}
		return dense(out, pooled)
	}
	return o
}

// lstm returns an LSTM with 4 units that reads 20 numbers, and a layer with 1 unit that reads its last state.
func lstm(scale, forget float64) *own {
	const n = 4
	o := newOwn()
	in := o.neurons("lstm.input", n, 1+n, scale, 0)
	keep := o.neurons("lstm.forget", n, 1+n, scale, forget)
	memory := o.neurons("lstm.memory", n, 1+n, scale, 0)
	show := o.neurons("lstm.output", n, 1+n, scale, 0)
	out := o.neurons("out.neuron", 1, n, 0.5, 0)
	o.forward = func(x vector) vector {
		h, c := make(vector, n), make(vector, n)
		for i := range h {
			h[i], c[i] = gradus.Const(0), gradus.Const(0)
		}
		for _, x := range x {
			read := append(vector{x}, h...)
			i, f := each(dense(in, read), (*gradus.Value).Sigmoid), each(dense(keep, read), (*gradus.Value).Sigmoid)
			g, o := each(dense(memory, read), (*gradus.Value).Tanh), each(dense(show, read), (*gradus.Value).Sigmoid)
			nextC, nextH := make(vector, n), make(vector, n)
			for k := range c {
				nextC[k] = f[k].Mul(c[k]).Add(i[k].Mul(g[k]))
				nextH[k] = o[k].Mul(nextC[k].Tanh())
			}
			h, c = nextH, nextC
		}
		return dense(out, h)
	}
	return o
}

// recurrent returns a recurrent layer with 4 units that reads 20 numbers, and a layer with 1 unit.
func recurrent(scale float64, phi phi1) *own {
	const n = 4
	o := newOwn()
	cell := o.neurons("rnn.neuron", n, 1+n, scale, 0)
	out := o.neurons("out.neuron", 1, n, 0.5, 0)
	o.forward = func(x vector) vector {
		h := make(vector, n)
		for i := range h {
			h[i] = gradus.Const(0)
		}
		for _, x := range x {
			h = each(dense(cell, append(vector{x}, h...)), phi)
		}
		return dense(out, h)
	}
	return o
}

// attention returns an attention head that reads 5 vectors of 3 numbers, each looking at all, a hidden
// layer, and a layer with 1 unit for the mean.
func attention(scale, bias float64, phi phi1) *own {
	const n, w = 5, 3
	o := newOwn()
	q, k := o.neurons("head.query", w, w, scale, 0), o.neurons("head.key", w, w, scale, 0)
	v := o.neurons("head.value", w, w, 0.6, 0)
	hidden := o.neurons("hidden.neuron", 6, w, 0.6, bias)
	out := o.neurons("out.neuron", 1, 6, 0.4, 0)
	o.forward = func(x vector) vector {
		var keys, values, queries []vector
		for i := range n {
			at := x[w*i : w*i+w]
			queries, keys = append(queries, dense(q, at)), append(keys, dense(k, at))
			values = append(values, dense(v, at))
		}
		mean := make([]vector, 6)
		for _, query := range queries {
			var scores vector
			for _, key := range keys {
				scores = append(scores, gradus.Dot(query, key).Div(math.Sqrt(w)))
			}
			weights := gradus.Softmax(scores...)
			mixed := make(vector, w)
			for j := range mixed {
				var column vector
				for _, value := range values {
					column = append(column, value[j])
				}
				mixed[j] = gradus.Dot(weights, column)
			}
			for j, a := range each(dense(hidden, mixed), phi) {
				mean[j] = append(mean[j], a)
			}
		}
		var means vector
		for _, m := range mean {
			means = append(means, gradus.Mean(m...))
		}
		return dense(out, means)
	}
	return o
}

// batch returns rows of so many normal numbers times scale, and targets.
func batch(rows, inputs, targets int, scale float64) (x, t [][]float64) {
	rng := rand.New(rand.NewPCG(7, 0))
	for range rows {
		row, want := make([]float64, inputs), make([]float64, targets)
		for i := range row {
			row[i] = scale * rng.NormFloat64()
		}
		for i := range want {
			want[i] = math.Sin(row[0] + float64(i))
		}
		x, t = append(x, row), append(t, want)
	}
	return x, t
}
