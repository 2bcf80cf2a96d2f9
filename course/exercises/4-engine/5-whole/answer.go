// Package whole is a whole engine.
package whole

import "math"

// A Value is a number that remembers from which others it was computed.
type Value struct {
	Data    float64
	Parents []*Value  // the operands, in their order; none if it was not computed
	Local   []float64 // ∂v/∂p for each p of Parents
	Grad    float64   // ∂L/∂v, after Backward of L
}

// New returns a Value that is given, and not computed.
func New(data float64) *Value { return &Value{Data: data} }

// Add returns v + w.
func (v *Value) Add(w *Value) *Value {
	return &Value{Data: v.Data + w.Data, Parents: []*Value{v, w}, Local: []float64{1, 1}}
}

// Mul returns v·w.
func (v *Value) Mul(w *Value) *Value {
	return &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}, Local: []float64{w.Data, v.Data}}
}

// Sub returns v − w.
func (v *Value) Sub(w *Value) *Value {
	return &Value{Data: v.Data - w.Data, Parents: []*Value{v, w}, Local: []float64{1, -1}}
}

// Order returns root and all that it was computed from, each once, and each behind its operands.
func Order(root *Value) []*Value {
	var list []*Value
	seen := map[*Value]bool{}
	var visit func(v *Value)
	visit = func(v *Value) {
		if seen[v] {
			return
		}
		seen[v] = true
		for _, p := range v.Parents {
			visit(p)
		}
		list = append(list, v)
	}
	visit(root)
	return list
}

// Backward sets the Grad of each Value that root was computed from to the derivative of root by it.
// What is in the Grad of a leaf already stays there, and the derivative is added to it.
func Backward(root *Value) {
	list := Order(root)
	for _, v := range list {
		if len(v.Parents) > 0 {
			v.Grad = 0
		}
	}
	root.Grad = 1
	for k := len(list) - 1; k >= 0; k-- {
		v := list[k]
		for i, p := range v.Parents {
			p.Grad += v.Grad * v.Local[i]
		}
	}
}

// Pow returns v to the power of a number k.
func (v *Value) Pow(k float64) *Value {
	// TODO
	return &Value{}
}

// Div returns v/w.
func (v *Value) Div(w *Value) *Value {
	// TODO
	return &Value{}
}

// Exp returns e to the power of v.
func (v *Value) Exp() *Value {
	// TODO: set Parents and Local, too.
	e := math.Exp(v.Data)
	return &Value{Data: e}
}

// Tanh returns the hyperbolic tangent of v.
func (v *Value) Tanh() *Value {
	// TODO
	return &Value{}
}

// ReLU returns v if v is larger than 0, and otherwise 0.
func (v *Value) ReLU() *Value {
	// TODO
	return &Value{}
}

// Neuron returns tanh(w₁·x₁ + w₂·x₂ + … + b).
func Neuron(w []*Value, b *Value, x []*Value) *Value {
	// TODO
	return &Value{}
}

// Descend moves each parameter by one step of gradient descent, and sets its Grad to 0.
func Descend(params []*Value, rate float64) {
	// TODO
}
