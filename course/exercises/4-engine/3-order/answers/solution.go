// Package answers holds the solution of the exercise, and right and wrong answers.
package answers

// A Value is a number that remembers from which others it was computed.
type Value struct {
	Data    float64
	Parents []*Value  // the operands, in their order; none if it was not computed
	Local   []float64 // ∂v/∂p for each p of Parents
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
