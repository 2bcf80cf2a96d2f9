// Package local is an engine in its second step: local derivatives.
package local

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
	// TODO: set Local, too.
	return &Value{Data: v.Data + w.Data, Parents: []*Value{v, w}}
}

// Mul returns v·w.
func (v *Value) Mul(w *Value) *Value {
	// TODO: set Local, too.
	return &Value{Data: v.Data * w.Data, Parents: []*Value{v, w}}
}

// Sub returns v − w.
func (v *Value) Sub(w *Value) *Value {
	// TODO: return a new Value, with its Data, Parents and Local.
	return &Value{}
}
