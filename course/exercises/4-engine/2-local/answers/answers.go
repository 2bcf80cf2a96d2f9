package answers

import (
	local "github.com/gradus-go/gradus/course/exercises/4-engine/2-local"
	"github.com/gradus-go/gradus/course/exercises/4-engine/2-local/check"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{
		Shipped: check.Answer(engine.Of(engine.Functions[*local.Value]{
			New:     local.New,
			Data:    func(v *local.Value) float64 { return v.Data },
			Parents: func(v *local.Value) []*local.Value { return v.Parents },
			Add:     (*local.Value).Add,
			Mul:     (*local.Value).Mul,
			Local:   func(v *local.Value) []float64 { return v.Local },
			Sub:     (*local.Value).Sub,
		})),
		Solution: answer(func(*functions) {}),
		Right:    right(), Wrong: wrong(),
	}
}

type functions = engine.Functions[*Value]

// answer returns the solution with some functions exchanged.
func answer(exchange func(f *functions)) any {
	f := functions{
		New:     New,
		Data:    func(v *Value) float64 { return v.Data },
		Parents: func(v *Value) []*Value { return v.Parents },
		Add:     (*Value).Add,
		Mul:     (*Value).Mul,
		Local:   func(v *Value) []float64 { return v.Local },
		Sub:     (*Value).Sub,
	}
	exchange(&f)
	return check.Answer(engine.Of(f))
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name: "set afterwards",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					z := &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}}
					z.Local = append(z.Local, w.Data, v.Data)
					return z
				}
			}),
		},
		{
			Name: "Sub by Add and Mul",
			Answer: answer(func(f *functions) {
				f.Sub = func(v, w *Value) *Value { return v.Add(w.Mul(New(-1))) }
			}),
		},
		{
			Name: "a difference as a sum",
			Answer: answer(func(f *functions) {
				f.Sub = func(v, w *Value) *Value {
					return &Value{Data: v.Data + -w.Data, Parents: []*Value{v, w}, Local: []float64{1, -1}}
				}
			}),
		},
		{
			Name: "a quotient",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					s := v.Data + w.Data
					return &Value{Data: s, Parents: []*Value{v, w}, Local: []float64{(s + 1) - s, 1}}
				}
			}),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "own operand", Factor: "∂(a·b)/∂a", Slip: "a itself, where the other operand belongs",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}, Local: []float64{v.Data, w.Data}}
				}
			}),
		},
		{
			Name: "the sign of Sub", Factor: "∂(a − b)/∂b", Slip: "if b grows by 1, a − b falls by 1",
			Answer: answer(func(f *functions) {
				f.Sub = func(v, w *Value) *Value {
					return &Value{Data: v.Data - w.Data, Parents: []*Value{v, w}, Local: []float64{1, 1}}
				}
			}),
		},
		{
			Name: "Mul like Add", Factor: "∂(a·b)/∂a", Slip: "1 is the derivative of a sum",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}, Local: []float64{1, 1}}
				}
			}),
		},
		{
			Name: "Add like Mul", Factor: "∂(a + b)/∂a", Slip: "b is the derivative of a product",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					return &Value{Data: v.Data + w.Data, Parents: []*Value{v, w}, Local: []float64{w.Data, v.Data}}
				}
			}),
		},
		{
			Name: "the operands themselves", Factor: "∂(a + b)/∂a", Slip: "a itself; a sum grows by 1",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					return &Value{Data: v.Data + w.Data, Parents: []*Value{v, w}, Local: []float64{v.Data, w.Data}}
				}
			}),
		},
		{
			Name: "signs exchanged", Factor: "∂(a − b)/∂a", Slip: "wrong sign",
			Answer: answer(func(f *functions) {
				f.Sub = func(v, w *Value) *Value {
					return &Value{Data: v.Data - w.Data, Parents: []*Value{v, w}, Local: []float64{-1, 1}}
				}
			}),
		},
		{
			Name: "only one", Factor: "the derivatives of a·b", Slip: "a derivative for each",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}, Local: []float64{w.Data}}
				}
			}),
		},
		{
			Name: "Sub exchanged", Factor: "Sub", Slip: "b − a",
			Answer: answer(func(f *functions) {
				f.Sub = func(v, w *Value) *Value {
					return &Value{Data: w.Data - v.Data, Parents: []*Value{v, w}, Local: []float64{1, -1}}
				}
			}),
		},
		{
			Name: "the product", Factor: "∂(a·b)/∂a", Slip: "the result itself",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{
						Data: v.Data * w.Data, Parents: []*Value{v, w},
						Local: []float64{v.Data * w.Data, v.Data * w.Data},
					}
				}
			}),
		},
		{
			Name: "zeros", Factor: "∂(a·b)/∂a", Slip: "nothing is handed on",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}, Local: make([]float64, 2)}
				}
			}),
		},
	}
}
