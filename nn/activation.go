package nn

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
)

// An Activation φ is the function that a layer applies to the weighted sums of its neurons.
// The zero Activation is [Identity].
type Activation struct {
	name  string
	apply func(z *gradus.Value) *gradus.Value
}

// The activations without a parameter.
var (
	Identity = Activation{}                                     // φ(z) = z
	Sigmoid  = Activation{"sigmoid", (*gradus.Value).Sigmoid}   // φ(z) = 1/(1 + exp(−z))
	Tanh     = Activation{"tanh", (*gradus.Value).Tanh}         // φ(z) = tanh z
	ReLU     = Activation{"ReLU", (*gradus.Value).ReLU}         // φ(z) = max(0, z)
	Softplus = Activation{"softplus", (*gradus.Value).Softplus} // φ(z) = ln(1 + exp z)
)

// ScaledSigmoid returns the sigmoid function of c·z. Its derivative has the factor c.
//
//	φ(z) = σ(c·z)    φ′(z) = c·φ(z)(1 − φ(z))
//
// It panics if c is NaN or infinite.
func ScaledSigmoid(c float64) Activation {
	return withNumber("scaledSigmoid", c, func(z *gradus.Value) *gradus.Value {
		return z.Mul(gradus.New(c)).Sigmoid()
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
	if !finite(x) {
		panic("nn: got the activation " + name + ", want a finite number")
	}
	return Activation{name, apply}
}

// NewActivation returns an activation of the caller's own. By its name a saved network finds
// it again, see [Load]. It may be any expression in z, a [gradus.Op] from Func1 among them.
//
// It panics if the name is empty, is not UTF-8, or is that of one of this package's, or if
// apply is nil.
func NewActivation(name string, apply func(z *gradus.Value) *gradus.Value) Activation {
	if name == "" || apply == nil {
		panic("nn: NewActivation: got no name or no function, want both")
	}
	if _, err := activationNamed(name, nil); err == nil || !utf8.ValidString(name) {
		panic(fmt.Sprintf("nn: NewActivation: got the name %q, want one in UTF-8 "+
			"that none of this package's has", name))
	}
	return Activation{name, apply}
}

// Name returns what the activation is called: "tanh", "leakyReLU(0.01)".
func (a Activation) Name() string {
	if a.apply == nil {
		return "identity"
	}
	return a.name
}

// Apply returns φ(z) as a graph on top of z.
func (a Activation) Apply(z *gradus.Value) *gradus.Value {
	if a.apply == nil {
		return z
	}
	return a.apply(z)
}

// Slope returns the derivative φ′(z).
func (a Activation) Slope(z float64) float64 {
	v := gradus.New(z)
	a.Apply(v).Backward()
	return v.Grad
}

// activationNamed returns one of this package's or of the caller's own by name.
func activationNamed(name string, own []Activation) (Activation, error) {
	names := []string{"scaledSigmoid(c)", "leakyReLU(slope)"}
	for _, a := range append([]Activation{Identity, Sigmoid, Tanh, ReLU, Softplus}, own...) {
		if a.Name() == name {
			return a, nil
		}
		names = append(names, a.Name())
	}
	_, number, _ := strings.Cut(name, "(")
	x, err := strconv.ParseFloat(strings.TrimSuffix(number, ")"), 64)
	if err == nil && finite(x) {
		for _, a := range []Activation{ScaledSigmoid(x), LeakyReLU(x)} {
			if a.Name() == name {
				return a, nil
			}
		}
	}
	return Activation{}, fmt.Errorf("is %.40q, want one of %s, or one given to Load",
		name, strings.Join(names, ", "))
}
