// Package value is an engine in its first step: values that remember their operands.
package value

// A Value is a number that remembers from which others it was computed.
type Value struct {
	Data    float64
	Parents []*Value // the operands, in their order; none if it was not computed
}

// New returns a Value that is given, and not computed.
func New(data float64) *Value { return &Value{Data: data} }

// Add returns v + w.
func (v *Value) Add(w *Value) *Value {
	// TODO: return a new Value, with its Data and its Parents.
	return &Value{}
}

// Mul returns v·w.
func (v *Value) Mul(w *Value) *Value {
	// TODO: return a new Value, with its Data and its Parents.
	return &Value{}
}
