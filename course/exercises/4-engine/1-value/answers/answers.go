package answers

import (
	"slices"

	value "github.com/gradus-go/gradus/course/exercises/4-engine/1-value"
	"github.com/gradus-go/gradus/course/exercises/4-engine/1-value/check"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{
		Shipped: check.Answer(engine.Of(engine.Functions[*value.Value]{
			New:     value.New,
			Data:    func(v *value.Value) float64 { return v.Data },
			Parents: func(v *value.Value) []*value.Value { return v.Parents },
			Add:     (*value.Value).Add,
			Mul:     (*value.Value).Mul,
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
	}
	exchange(&f)
	return check.Answer(engine.Of(f))
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name: "by New",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					z := New(v.Data + w.Data)
					z.Parents = []*Value{v, w}
					return z
				}
			}),
		},
		{
			Name: "a fresh copy of the first",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					z := *v
					z.Data *= w.Data
					z.Parents = []*Value{v, w}
					return &z
				}
			}),
		},
		{
			Name: "appended",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					z := new(Value)
					z.Data = w.Data + v.Data
					z.Parents = append(z.Parents, v)
					z.Parents = append(z.Parents, w)
					return z
				}
			}),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "the operand is changed", Factor: "Add", Slip: "an operand is changed",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					v.Data += w.Data
					return v
				}
			}),
		},
		{
			Name: "no parents", Factor: "the parents of a + b", Slip: "it has none",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value { return &Value{Data: v.Data + w.Data} }
			}),
		},
		{
			Name: "Mul adds", Factor: "Mul", Slip: "it adds",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value { return &Value{Data: v.Data + w.Data, Parents: []*Value{v, w}} }
			}),
		},
		{
			Name: "squared", Factor: "Mul", Slip: "the first operand is multiplied by itself",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value { return &Value{Data: v.Data * v.Data, Parents: []*Value{v, w}} }
			}),
		},
		{
			Name: "exchanged parents", Factor: "the parents of a·b", Slip: "they are exchanged",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value { return &Value{Data: v.Data * w.Data, Parents: []*Value{w, v}} }
			}),
		},
		{
			Name: "a set", Factor: "the parents of a·b", Slip: "kept once, as in a set",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					z := &Value{Data: v.Data * w.Data, Parents: []*Value{v}}
					if w != v {
						z.Parents = append(z.Parents, w)
					}
					return z
				}
			}),
		},
		{
			Name: "the operand gets them", Factor: "the parents of a·b", Slip: "the Parents of an operand are changed",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					v.Parents = []*Value{v, w}
					return New(v.Data * w.Data)
				}
			}),
		},
		{
			Name: "with those of the operand", Factor: "the parents of a·b", Slip: "are taken over",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{Data: v.Data * w.Data, Parents: slices.Concat(v.Parents, []*Value{v, w})}
				}
			}),
		},
		{
			Name: "with their parents only", Factor: "the parents of a·b", Slip: "it has none",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value {
					return &Value{Data: v.Data * w.Data, Parents: slices.Concat(v.Parents, w.Parents)}
				}
			}),
		},
		{
			Name: "copies", Factor: "the parents of a + b", Slip: "they are copies",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value {
					return &Value{Data: v.Data + w.Data, Parents: []*Value{New(v.Data), New(w.Data)}}
				}
			}),
		},
		{
			Name: "the first twice", Factor: "the parents of a + b", Slip: "a stands there twice",
			Answer: answer(func(f *functions) {
				f.Add = func(v, w *Value) *Value { return &Value{Data: v.Data + w.Data, Parents: []*Value{v, v}} }
			}),
		},
		{
			Name: "Data forgotten", Factor: "Mul", Slip: "in place of TODO",
			Answer: answer(func(f *functions) {
				f.Mul = func(v, w *Value) *Value { return &Value{Parents: []*Value{v, w}} }
			}),
		},
		{
			Name: "nil", Factor: "Mul", Slip: "nil is returned",
			Answer: answer(func(f *functions) {
				f.Mul = func(_, _ *Value) *Value { return nil }
			}),
		},
	}
}
