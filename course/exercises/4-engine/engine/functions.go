package engine

// Functions are the engine of a learner. V is the type of its values, such as *Value. In the first
// steps some of the functions are nil.
type Functions[V comparable] struct {
	New                func(data float64) V
	Data, Grad         func(v V) float64
	Parents            func(v V) []V
	Local              func(v V) []float64 // the derivative of v by each of its parents
	Add, Sub, Mul, Div func(v, w V) V
	Pow                func(v V, k float64) V
	Exp, Tanh, ReLU    func(v V) V
	Order              func(root V) []V
	Backward           func(root V)
	Neuron             func(w []V, b V, x []V) V
	Descend            func(params []V, rate float64)
}

// An Engine has values of any type. What is nil in the learner's engine is nil here.
type Engine Functions[any]

// Of returns the functions as an Engine.
func Of[V comparable](f Functions[V]) Engine {
	in := func(v any) V { v0, _ := v.(V); return v0 }
	out := func(v V) any {
		if v == in(nil) {
			return nil
		}
		return v
	}
	return Engine{
		New:  func(data float64) any { return out(f.New(data)) },
		Data: func(v any) float64 { return f.Data(in(v)) }, Grad: func(v any) float64 { return f.Grad(in(v)) },
		Parents: func(v any) []any { return each(f.Parents(in(v)), out) },
		Local:   func(v any) []float64 { return f.Local(in(v)) },
		Add:     func(v, w any) any { return out(f.Add(in(v), in(w))) },
		Sub:     func(v, w any) any { return out(f.Sub(in(v), in(w))) },
		Mul:     func(v, w any) any { return out(f.Mul(in(v), in(w))) },
		Div:     func(v, w any) any { return out(f.Div(in(v), in(w))) },
		Pow:     func(v any, k float64) any { return out(f.Pow(in(v), k)) },
		Exp:     func(v any) any { return out(f.Exp(in(v))) },
		Tanh:    func(v any) any { return out(f.Tanh(in(v))) },
		ReLU:    func(v any) any { return out(f.ReLU(in(v))) },
		Order:   func(root any) []any { return each(f.Order(in(root)), out) },
		Backward: func(root any) {
			f.Backward(in(root))
		},
		Neuron:  func(w []any, b any, x []any) any { return out(f.Neuron(each(w, in), in(b), each(x, in))) },
		Descend: func(params []any, rate float64) { f.Descend(each(params, in), rate) },
	}
}

func each[T, R any](x []T, f func(T) R) []R {
	y := make([]R, len(x))
	for i := range x {
		y[i] = f(x[i])
	}
	return y
}
