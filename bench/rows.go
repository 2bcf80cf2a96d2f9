package bench

import (
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/bench/internal/model"
	"github.com/gradus-go/gradus/bench/internal/network"
	"github.com/gradus-go/gradus/bench/internal/plain"
	"github.com/gradus-go/gradus/bench/internal/python"
)

// A row is one thing to compute, and the variants that compute it.
type row struct {
	name   string
	blocks []int // how many parameters each layer has; layers are compared one by one
	byHand func() []variant
	scalar func() *expression
	dots   func() *expression    // the same written with Dot; nil if it makes no difference
	net    *network.Network      // nil if the row is not a network of layers
	load   func() map[string]any // what Python is told; nil if it does not compute the row
}

// A variant is one way to compute a row.
type variant struct {
	name    string
	samples int    // how many samples a step computes; 0 means 1
	step    func() // nil if the variant runs in another process

	// time runs n steps in another process and returns how long they took together.
	time func(n int) (ns float64, err error)

	result func() (result, error) // runs the first step
}

// A result is what all variants of a row must compute, up to rounding.
type result struct {
	out    float64
	grad   []float64 // in the order of Network.P; nil if the variant does not keep it
	params []float64 // after an update; nil if there is none
}

// rows returns all rows, with new numbers from the same seeds. That takes 20 ms.
func rows() []*row {
	first := network.Uniform(network.Sigmoid, 1, 1, 1)
	first.Acts[1], first.Loss = network.None, 0.5
	small := network.Uniform(network.Sigmoid, 2, 3, 3, 2)
	out := network.Uniform(network.Tanh, 2, 16, 16, 1)
	out.Loss = 0
	wide := network.Uniform(network.Sigmoid, 2, 1000, 1000, 2)
	wide.Scale, wide.Rate = 0.01, 0.01
	digits := network.Uniform(network.Sigmoid, 784, 30, 10)
	batch := digits
	batch.Batch = 32
	return []*row{
		networkRow("1-1-1", first, func(n *network.Network) []variant {
			v := plain.Net111{P: [4]float64(n.P), X: n.X[0], T: n.T[0]}
			return []variant{derived(v.Step, &v.Out, v.G[:])}
		}),
		networkRow("2-3-3-2", small, func(n *network.Network) []variant {
			v := plain.Net2332{P: [29]float64(n.P), X: [2]float64(n.X), T: [2]float64(n.T)}
			return []variant{derived(v.Step, &v.Out, v.G[:]), layers("gonum", n, gonumKernels)}
		}),
		networkRow("2-16-16-1", out, func(n *network.Network) []variant {
			v := plain.Net16{P: [337]float64(n.P), X: [2]float64(n.X)}
			return []variant{derived(v.Step, &v.Out, v.G[:]), layers("gonum", n, gonumKernels)}
		}),
		networkRow("784-30-10", digits, func(n *network.Network) []variant {
			return []variant{layers(yardstick, n, network.Plain), layers("gonum", n, gonumKernels)}
		}),
		networkRow("2-1000-1000-2", wide, func(n *network.Network) []variant {
			return []variant{
				layers(yardstick, n, network.Plain),
				withoutGradient(layers("plain Go, gradient not kept", n, network.Fused)),
				layers("gonum", n, gonumKernels),
			}
		}),
		productRow(),
		logisticRow(),
		networkRow("784-30-10x32", batch, func(n *network.Network) []variant {
			return []variant{layers(yardstick, n, network.Plain), newGonumBatch(n)}
		}),
		hessianRow("784-30-10-Hv", digits),
		modelRow("gpt", 1, func(n int) model.Model { return model.NewGPT(n) }),
		modelRow("gptx16", 16, func(n int) model.Model { return model.NewGPT(n) }),
		modelRow("conv", 1, func(n int) model.Model { return model.NewConv(n) }),
		modelRow("convx32", 32, func(n int) model.Model { return model.NewConv(n) }),
		modelRow("lstm", 1, func(n int) model.Model { return model.NewLSTM(n) }),
		modelRow("lstmx32", 32, func(n int) model.Model { return model.NewLSTM(n) }),
	}
}

// modelRow returns the row of a model with that many samples, whose gradients are added.
func modelRow(name string, samples int, create func(samples int) model.Model) *row {
	written := func(s model.Style) func() *expression {
		return func() *expression {
			m := create(samples)
			d := m.Numbers()
			e := &expression{p: gradus.Values(d.P), inputs: d.X, each: d.Each}
			e.build = func(_ maker, x []*gradus.Value) *gradus.Value { return m.Loss(s, e.p, x) }
			return e
		}
	}
	return &row{
		name: name, blocks: create(1).Numbers().Blocks,
		byHand: func() []variant {
			m := create(samples)
			return []variant{{name: yardstick, step: m.Step, result: func() (r result, err error) {
				r.out, r.grad = model.Sum(m)
				return r, nil
			}}}
		},
		scalar: written(model.OneByOne), dots: written(model.WithDot),
		load: func() map[string]any {
			name, _, _ := strings.Cut(name, "x")
			return loadModel(name, create(samples).Numbers())
		},
	}
}

// hessianRow returns the row of the Hessian of a network times a vector. Variants of gradus differentiate the
// dot product of the gradient and the vector, which is an input.
func hessianRow(name string, n network.Network) *row {
	r := networkRow(name, n, nil)
	net := r.net
	r.load = nil // Python would differentiate once
	r.byHand = func() []variant {
		d := network.NewDirectional(net)
		return []variant{{name: yardstick, step: d.Step, result: func() (r result, err error) {
			r.out, r.grad = d.Result()
			return r, nil
		}}}
	}
	r.scalar = func() *expression {
		e := newExpression(net)
		loss, inputs := e.build, e.each
		v := network.NewDirectional(net).V
		e.inputs, e.each = append(e.inputs, v...), e.each+len(v)
		e.build = func(constant maker, x []*gradus.Value) *gradus.Value {
			return gradus.Dot(gradus.Gradient(loss(constant, x[:inputs]), e.p...), x[inputs:])
		}
		return e
	}
	return r
}

// networkRow draws the numbers of a network and returns its row.
func networkRow(name string, n network.Network, byHand func(*network.Network) []variant) *row {
	net := network.New(n)
	r := &row{name: name, net: net}
	for k := range net.Acts {
		r.blocks = append(r.blocks, (net.Widths[k]+1)*net.Widths[k+1])
	}
	r.byHand = func() []variant { return byHand(net) }
	r.scalar = func() *expression { return newExpression(net) }
	r.load = func() map[string]any { return loadNetwork(net) }
	return r
}

func productRow() *row {
	return &row{
		name: "product", blocks: []int{plain.Variables},
		byHand: func() []variant {
			v := plain.Product{P: plain.NewFactors()}
			return []variant{derived(v.Step, &v.Out, v.G[:])}
		},
		scalar: func() *expression {
			x := plain.NewFactors()
			e := &expression{p: gradus.Values(x[:])}
			e.build = e.product
			return e
		},
	}
}

func logisticRow() *row {
	return &row{
		name: "logistic", blocks: []int{plain.Features + 1},
		byHand: func() []variant {
			v := plain.Logistic{Regression: plain.NewRegression()}
			v.P = v.Regression.P
			one := plain.Logistic{Regression: v.Regression, P: v.P, OneLog: true}
			short := derived(one.Step, &one.Out, one.G[:])
			short.name = "plain Go, Σ ln as ln Π"
			return []variant{derived(v.Step, &v.Out, v.G[:]), short, gonumLogistic(v.Regression)}
		},
		scalar: func() *expression {
			d := plain.NewRegression()
			e := &expression{p: gradus.Values(d.P[:])}
			e.build = func(constant maker, _ []*gradus.Value) *gradus.Value {
				return e.logistic(d, constant)
			}
			return e
		},
	}
}

// yardstick is the name of the variant to which all others are compared.
const yardstick = "plain Go"

// derived returns a yardstick whose gradient is in the order of Network.P already.
func derived(step func(), out *float64, grad []float64) variant {
	return variant{name: yardstick, step: step, result: func() (result, error) {
		step()
		return result{out: *out, grad: grad}, nil
	}}
}

// layers returns a variant that computes a network layer by layer with the kernels.
func layers(name string, n *network.Network, k network.Kernels) variant {
	l := network.NewLayered(n, k)
	return variant{name: name, step: l.Step, result: func() (r result, err error) {
		r.out, r.grad, r.params = l.Result()
		return r, nil
	}}
}

// withoutGradient returns a variant whose gradient is not compared, because it is not kept.
func withoutGradient(v variant) variant {
	full := v.result
	v.result = func() (result, error) {
		r, err := full()
		r.grad = nil
		return r, err
	}
	return v
}

// checked returns the variants of the row after it has compared their results.
func (r *row) checked(p *python.Process) ([]variant, error) {
	v, err := r.variants(p)
	if err == nil {
		err = r.check(v)
	}
	return v, err
}

// variants returns all ways to compute the row, the yardstick first. p is the process that runs
// NumPy and PyTorch, or nil.
func (r *row) variants(p *python.Process) ([]variant, error) {
	tape := new(gradus.Tape)
	v := append(r.byHand(), r.scalar().eager("eager", nil), r.scalar().eager("tape", tape))
	replayed, err := r.scalar().replay(1)
	if err != nil {
		return nil, err
	}
	v = append(v, replayed)
	if r.dots != nil {
		replayed, err := r.dots().replay(1)
		if err != nil {
			return nil, err
		}
		replayed.name += ", with Dot"
		v = append(v, replayed)
	}
	if written[r.name].step != nil {
		v = append(v, r.writtenOut())
	}
	if p == nil || r.load == nil {
		return v, nil
	}
	others, err := inPython(p, r.load())
	return append(v, others...), err
}
