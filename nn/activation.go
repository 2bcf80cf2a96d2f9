package nn

import (
	"fmt"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
)

// An Activation φ is the function that a layer applies to the weighted sum of each of its
// neurons. The zero Activation is [Identity].
type Activation struct {
	name  string
	apply func(z *gradus.Value) *gradus.Value
	own   *byte // another one for each call of NewActivation; nil for this package's
}

// NewActivation returns an activation of the caller's own: apply returns φ(z), which may be any
// expression in z, also one with a [gradus.Op] that [gradus.Func1] has made. A file in which a
// network is saved has only the name; [Load] is given the activation again.
//
// It panics if the name is empty, is not valid UTF-8, or is the name of one of this package's
// activations, or if apply is nil.
func NewActivation(name string, apply func(z *gradus.Value) *gradus.Value) Activation {
	if name == "" || apply == nil {
		panic("nn: NewActivation: the name is empty or the function is nil, want a name and a function")
	}
	if _, err := activationNamed(name, nil); err == nil || !utf8.ValidString(name) {
		panic(fmt.Sprintf("nn: NewActivation: got the name %q, want valid UTF-8, and none of the "+
			"names of this package's activations", name))
	}
	return Activation{name, apply, new(byte)}
}

// Name returns the name of the activation, such as "tanh" or "leakyReLU(0.01)".
func (a Activation) Name() string {
	if a.apply == nil {
		return "identity"
	}
	return a.name
}

// Is reports whether a and b are the same activation: the same one of this package, with the same
// number, or copies of what one call of [NewActivation] returned.
func (a Activation) Is(b Activation) bool { return a.Name() == b.Name() && a.own == b.own }

// Apply returns φ(z), computed from z. [Identity] returns z itself.
//
// It panics if z is nil, or if the function given to [NewActivation] returns nil.
func (a Activation) Apply(z *gradus.Value) *gradus.Value {
	if z == nil {
		panic("nn: Activation.Apply: z is nil, want a Value")
	}
	v := a.of(z)
	if v == nil {
		a.panicOfNil()
	}
	return v
}

// of is Apply without its checks, small enough to be inlined.
func (a Activation) of(z *gradus.Value) *gradus.Value {
	if a.apply == nil {
		return z
	}
	return a.apply(z)
}

func (a Activation) panicOfNil() {
	panic(fmt.Sprintf("nn: the function of the activation %q returned nil, want a Value", a.name))
}

// Slope returns the derivative φ′(z).
//
// It panics if the function given to [NewActivation] returns nil.
func (a Activation) Slope(z float64) float64 {
	v := gradus.New(z)
	a.Apply(v).Backward()
	return v.Grad
}
