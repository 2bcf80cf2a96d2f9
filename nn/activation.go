package nn

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// An Activation φ is the function that a layer applies to the weighted sum of each of its
// neurons. The zero Activation is [Identity].
type Activation struct {
	name  string
	apply func(z *gradus.Value) *gradus.Value
	own   *byte // another one for each call of NewActivation; nil for this package's
}

// These are the activations without a parameter.
var (
	Identity = Activation{}                                                  // φ(z) = z
	Sigmoid  = Activation{name: "sigmoid", apply: (*gradus.Value).Sigmoid}   // φ(z) = 1/(1 + exp(−z))
	Tanh     = Activation{name: "tanh", apply: (*gradus.Value).Tanh}         // φ(z) = tanh z
	ReLU     = Activation{name: "ReLU", apply: (*gradus.Value).ReLU}         // φ(z) = max(0, z)
	Softplus = Activation{name: "softplus", apply: (*gradus.Value).Softplus} // φ(z) = ln(1 + exp z)
	ELU      = Activation{name: "ELU", apply: (*gradus.Value).ELU}           // φ(z) = z, or exp z − 1 if z < 0
	SiLU     = Activation{name: "SiLU", apply: (*gradus.Value).SiLU}         // φ(z) = z·σ(z)
	GELU     = Activation{name: "GELU", apply: (*gradus.Value).GELU}         // φ(z) = z·Φ(z), Φ: normal CDF
)

// ScaledSigmoid returns the sigmoid of c·z. Its derivative contains the factor c.
//
//	φ(z) = σ(c·z)    φ′(z) = c·φ(z)(1 − φ(z))
//
// It panics if c is NaN or infinite.
func ScaledSigmoid(c float64) Activation {
	return withNumber("scaledSigmoid", c, func(z *gradus.Value) *gradus.Value {
		return z.Mul(c).Sigmoid()
	})
}

// LeakyReLU returns the leaky rectified linear unit.
//
//	φ(z) = z if z > 0, else slope·z
//
// It panics if the slope is NaN or infinite.
func LeakyReLU(slope float64) Activation {
	op := gradus.LeakyReLU(slope)
	return withNumber("leakyReLU", slope, func(z *gradus.Value) *gradus.Value {
		return op.Apply(z)
	})
}

func withNumber(
	name string, x float64, apply func(z *gradus.Value) *gradus.Value,
) Activation {
	name = fmt.Sprintf("%s(%v)", name, x)
	if !finite.All(x) {
		panic("nn: got the activation " + name + ", want a finite number in it")
	}
	return Activation{name: name, apply: apply}
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

// ActivationNamed returns the activation of this package that has the name, such as "tanh" or
// "leakyReLU(0.01)".
//
// It returns an error that lists the names if there is none of that name.
func ActivationNamed(name string) (Activation, error) {
	a, err := activationNamed(name, nil)
	if err != nil {
		return a, fmt.Errorf("nn: the name of the activation %w", err)
	}
	return a, nil
}

// activationNamed returns the activation of that name, one of this package's or of own.
func activationNamed(name string, own []Activation) (Activation, error) {
	names := []string{"scaledSigmoid(c)", "leakyReLU(slope)"}
	for _, a := range append([]Activation{Identity, Sigmoid, Tanh, ReLU, Softplus, ELU, SiLU, GELU}, own...) {
		if a.Name() == name {
			return a, nil
		}
		names = append(names, a.Name())
	}
	_, number, _ := strings.Cut(name, "(")
	x, err := strconv.ParseFloat(strings.TrimSuffix(number, ")"), 64)
	if err == nil && finite.All(x) {
		for _, a := range []Activation{ScaledSigmoid(x), LeakyReLU(x)} {
			if a.Name() == name {
				return a, nil
			}
		}
	}
	return Activation{}, fmt.Errorf("is %.40q, want one of %s", name, strings.Join(names, ", "))
}
