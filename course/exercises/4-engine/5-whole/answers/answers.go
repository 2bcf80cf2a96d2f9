package answers

import (
	"math"

	whole "github.com/gradus-go/gradus/course/exercises/4-engine/5-whole"
	"github.com/gradus-go/gradus/course/exercises/4-engine/5-whole/check"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{
		Shipped: check.Answer(engine.Of(engine.Functions[*whole.Value]{
			New:      whole.New,
			Data:     func(v *whole.Value) float64 { return v.Data },
			Parents:  func(v *whole.Value) []*whole.Value { return v.Parents },
			Add:      (*whole.Value).Add,
			Mul:      (*whole.Value).Mul,
			Local:    func(v *whole.Value) []float64 { return v.Local },
			Sub:      (*whole.Value).Sub,
			Order:    whole.Order,
			Grad:     func(v *whole.Value) float64 { return v.Grad },
			Backward: whole.Backward,
			Pow:      (*whole.Value).Pow,
			Div:      (*whole.Value).Div,
			Exp:      (*whole.Value).Exp,
			Tanh:     (*whole.Value).Tanh,
			ReLU:     (*whole.Value).ReLU,
			Neuron:   whole.Neuron,
			Descend:  whole.Descend,
		})),
		Solution: answer(func(*functions) {}),
		Right:    right(), Wrong: wrong(),
	}
}

type functions = engine.Functions[*Value]

// answer returns the solution with some functions exchanged.
func answer(exchange func(f *functions)) any {
	f := functions{
		New:      New,
		Data:     func(v *Value) float64 { return v.Data },
		Parents:  func(v *Value) []*Value { return v.Parents },
		Add:      (*Value).Add,
		Mul:      (*Value).Mul,
		Local:    func(v *Value) []float64 { return v.Local },
		Sub:      (*Value).Sub,
		Order:    Order,
		Grad:     func(v *Value) float64 { return v.Grad },
		Backward: Backward,
		Pow:      (*Value).Pow,
		Div:      (*Value).Div,
		Exp:      (*Value).Exp,
		Tanh:     (*Value).Tanh,
		ReLU:     (*Value).ReLU,
		Neuron:   Neuron,
		Descend:  Descend,
	}
	exchange(&f)
	return check.Answer(engine.Of(f))
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name: "Div by itself",
			Answer: answer(func(f *functions) {
				f.Div = func(v, w *Value) *Value {
					return &Value{
						Data: v.Data / w.Data, Parents: []*Value{v, w},
						Local: []float64{1 / w.Data, -v.Data / (w.Data * w.Data)},
					}
				}
			}),
		},
		{
			Name: "Tanh by Exp",
			Answer: answer(func(f *functions) {
				f.Tanh = func(v *Value) *Value {
					e := v.Add(v).Exp()
					return e.Sub(New(1)).Div(e.Add(New(1)))
				}
			}),
		},
		{
			Name: "Pow by the result",
			Answer: answer(func(f *functions) {
				f.Pow = func(v *Value, k float64) *Value {
					z := math.Pow(v.Data, k)
					return &Value{Data: z, Parents: []*Value{v}, Local: []float64{k * z / v.Data}}
				}
			}),
		},
		{
			Name: "ReLU by max",
			Answer: answer(func(f *functions) {
				f.ReLU = func(v *Value) *Value {
					z := &Value{Data: math.Max(v.Data, 0), Parents: []*Value{v}, Local: []float64{0}}
					if z.Data > 0 {
						z.Local[0] = 1
					}
					return z
				}
			}),
		},
		{
			Name: "a neuron from 0",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, b *Value, x []*Value) *Value {
					sum := New(0)
					for i, x := range x {
						sum = sum.Add(x.Mul(w[i]))
					}
					return b.Add(sum).Tanh()
				}
			}),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "the exponent is not lowered", Factor: "∂(a^k)/∂a", Slip: "the exponent is not lowered",
			Answer: answer(func(f *functions) {
				f.Pow = func(v *Value, k float64) *Value {
					return &Value{
						Data: math.Pow(v.Data, k), Parents: []*Value{v},
						Local: []float64{k * math.Pow(v.Data, k)},
					}
				}
			}),
		},
		{
			Name: "the 1 beside the power", Factor: "∂(a^k)/∂a", Slip: "belongs into the exponent",
			Answer: answer(func(f *functions) {
				f.Pow = func(v *Value, k float64) *Value {
					return &Value{
						Data: math.Pow(v.Data, k), Parents: []*Value{v},
						Local: []float64{k*math.Pow(v.Data, k) - 1},
					}
				}
			}),
		},
		{
			Name: "no factor k", Factor: "∂(a^k)/∂a", Slip: "the factor k is missing",
			Answer: answer(func(f *functions) {
				f.Pow = func(v *Value, k float64) *Value {
					return &Value{
						Data: math.Pow(v.Data, k), Parents: []*Value{v},
						Local: []float64{math.Pow(v.Data, k-1)},
					}
				}
			}),
		},
		{
			Name: "by Exp and the logarithm", Factor: "Pow", Slip: "NaN where a is negative",
			Answer: answer(func(f *functions) {
				f.Pow = func(v *Value, k float64) *Value {
					z := math.Exp(k * math.Log(v.Data))
					return &Value{Data: z, Parents: []*Value{v}, Local: []float64{k * z / v.Data}}
				}
			}),
		},
		{
			Name: "brackets forgotten", Factor: "∂(a/b)/∂b", Slip: "brackets are missing",
			Answer: answer(func(f *functions) {
				f.Div = func(v, w *Value) *Value {
					local := []float64{1 / w.Data, -v.Data / w.Data * w.Data}
					return &Value{Data: v.Data / w.Data, Parents: []*Value{v, w}, Local: local}
				}
			}),
		},
		{
			Name: "the sign of Div", Factor: "∂(a/b)/∂b", Slip: "wrong sign",
			Answer: answer(func(f *functions) {
				f.Div = func(v, w *Value) *Value {
					return &Value{
						Data: v.Data / w.Data, Parents: []*Value{v, w},
						Local: []float64{1 / w.Data, v.Data / (w.Data * w.Data)},
					}
				}
			}),
		},
		{
			Name: "Div is not squared", Factor: "∂(a/b)/∂b", Slip: "the exponent of b is not lowered",
			Answer: answer(func(f *functions) {
				f.Div = func(v, w *Value) *Value {
					return &Value{
						Data: v.Data / w.Data, Parents: []*Value{v, w},
						Local: []float64{1 / w.Data, -v.Data / w.Data},
					}
				}
			}),
		},
		{
			Name: "Div of the wrong operand", Factor: "∂(a/b)/∂a", Slip: "the derivative by the other operand",
			Answer: answer(func(f *functions) {
				f.Div = func(v, w *Value) *Value {
					return &Value{
						Data: v.Data / w.Data, Parents: []*Value{v, w},
						Local: []float64{-v.Data / (w.Data * w.Data), 1 / w.Data},
					}
				}
			}),
		},
		{
			Name: "Exp as a power", Factor: "∂exp(a)/∂a", Slip: "the rule of a power",
			Answer: answer(func(f *functions) {
				f.Exp = func(v *Value) *Value {
					return &Value{
						Data: math.Exp(v.Data), Parents: []*Value{v},
						Local: []float64{v.Data * math.Exp(v.Data-1)},
					}
				}
			}),
		},
		{
			Name: "Exp without a derivative", Factor: "∂exp(a)/∂a", Slip: "as if exp were not there",
			Answer: answer(func(f *functions) {
				f.Exp = func(v *Value) *Value {
					return &Value{Data: math.Exp(v.Data), Parents: []*Value{v}, Local: []float64{1}}
				}
			}),
		},
		{
			Name: "tanh′ of the operand", Factor: "∂tanh(a)/∂a", Slip: "1 − a², where 1 − t²",
			Answer: answer(func(f *functions) {
				f.Tanh = func(v *Value) *Value {
					return &Value{Data: math.Tanh(v.Data), Parents: []*Value{v}, Local: []float64{1 - v.Data*v.Data}}
				}
			}),
		},
		{
			Name: "tanh′ of the sigmoid", Factor: "∂tanh(a)/∂a", Slip: "the derivative of the sigmoid",
			Answer: answer(func(f *functions) {
				f.Tanh = func(v *Value) *Value {
					t := math.Tanh(v.Data)
					return &Value{Data: t, Parents: []*Value{v}, Local: []float64{t * (1 - t)}}
				}
			}),
		},
		{
			Name: "t not squared", Factor: "∂tanh(a)/∂a", Slip: "t is not squared",
			Answer: answer(func(f *functions) {
				f.Tanh = func(v *Value) *Value {
					t := math.Tanh(v.Data)
					return &Value{Data: t, Parents: []*Value{v}, Local: []float64{1 - t}}
				}
			}),
		},
		{
			Name: "ReLU of the wrong side", Factor: "∂ReLU(a)/∂a", Slip: "1 also where a < 0",
			Answer: answer(func(f *functions) {
				f.ReLU = func(v *Value) *Value {
					return &Value{Data: math.Max(v.Data, 0), Parents: []*Value{v}, Local: []float64{1}}
				}
			}),
		},
		{
			Name: "ReLU is min", Factor: "ReLU", Slip: "the sides are exchanged",
			Answer: answer(func(f *functions) {
				f.ReLU = func(v *Value) *Value {
					return &Value{Data: math.Min(v.Data, 0), Parents: []*Value{v}, Local: []float64{1}}
				}
			}),
		},
		{
			Name: "no parent", Factor: "∂exp(a)/∂a", Slip: "nothing is handed on",
			Answer: answer(func(f *functions) {
				f.Exp = func(v *Value) *Value { return New(math.Exp(v.Data)) }
			}),
		},
		{
			Name: "no bias", Factor: "Neuron", Slip: "b is missing",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, _ *Value, x []*Value) *Value {
					z := New(0)
					for i := range w {
						z = z.Add(w[i].Mul(x[i]))
					}
					return z.Tanh()
				}
			}),
		},
		{
			Name: "the bias behind tanh", Factor: "Neuron", Slip: "belongs into the sum",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, b *Value, x []*Value) *Value {
					z := New(0)
					for i := range w {
						z = z.Add(w[i].Mul(x[i]))
					}
					return z.Tanh().Add(b)
				}
			}),
		},
		{
			Name: "no tanh", Factor: "Neuron", Slip: "tanh is missing",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, b *Value, x []*Value) *Value {
					z := b
					for i := range w {
						z = z.Add(w[i].Mul(x[i]))
					}
					return z
				}
			}),
		},
		{
			Name: "the last product", Factor: "Neuron", Slip: "only the last product",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, b *Value, x []*Value) *Value {
					z := b
					for i := range w {
						z = b.Add(w[i].Mul(x[i]))
					}
					return z.Tanh()
				}
			}),
		},
		{
			Name: "numbers, not values", Factor: "∂y/∂w₁", Slip: "the graph does not reach it",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, b *Value, x []*Value) *Value {
					z := b.Data
					for i := range w {
						z += w[i].Data * x[i].Data
					}
					return New(z).Tanh()
				}
			}),
		},
		{
			Name: "the sum is lost", Factor: "Neuron", Slip: "z.Add returns a new Value",
			Answer: answer(func(f *functions) {
				f.Neuron = func(w []*Value, b *Value, x []*Value) *Value {
					z := New(0)
					for i := range w {
						z.Add(w[i].Mul(x[i]))
					}
					return z.Add(b).Tanh()
				}
			}),
		},
		{
			Name: "Local forgotten", Factor: "the derivatives of a^k", Slip: "a derivative for each",
			Answer: answer(func(f *functions) {
				f.Pow = func(v *Value, k float64) *Value {
					return &Value{Data: math.Pow(v.Data, k), Parents: []*Value{v}}
				}
			}),
		},
		{
			Name: "a variable is changed", Factor: "p", Slip: "only a variable is changed",
			Answer: answer(func(f *functions) {
				f.Descend = func(params []*Value, rate float64) {
					for _, p := range params {
						p = New(p.Data - rate*p.Grad)
						_ = p
					}
				}
			}),
		},
		{
			Name: "up the slope", Factor: "p − rate·∂L/∂p", Slip: "it goes up the slope",
			Answer: answer(func(f *functions) {
				f.Descend = func(params []*Value, rate float64) {
					for _, p := range params {
						p.Data += rate * p.Grad
						p.Grad = 0
					}
				}
			}),
		},
		{
			Name: "the gradient stays", Factor: "the Grad after the step", Slip: "the next Backward adds to it",
			Answer: answer(func(f *functions) {
				f.Descend = func(params []*Value, rate float64) {
					for _, p := range params {
						p.Data -= rate * p.Grad
					}
				}
			}),
		},
		{
			Name: "reset first", Factor: "p − rate·∂L/∂p", Slip: "set to 0 before the step",
			Answer: answer(func(f *functions) {
				f.Descend = func(params []*Value, rate float64) {
					for _, p := range params {
						p.Grad = 0
						p.Data -= rate * p.Grad
					}
				}
			}),
		},
		{
			Name: "no rate", Factor: "p − rate·∂L/∂p", Slip: "the rate is missing",
			Answer: answer(func(f *functions) {
				f.Descend = func(params []*Value, _ float64) {
					for _, p := range params {
						p.Data -= p.Grad
						p.Grad = 0
					}
				}
			}),
		},
	}
}
