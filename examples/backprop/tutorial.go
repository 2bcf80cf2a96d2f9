package main

import "fmt"

// A setup is what the tutorial starts from.
type setup struct {
	x, t, W1, b1, W2, b2, eta float64
}

// tutorialSetup has the tutorial's own numbers.
var tutorialSetup = setup{x: 1, t: 0, W1: 0.5, b1: 0, W2: -1, b2: 0, eta: 0.01}

func (s setup) String() string {
	return fmt.Sprintf("x = %v, t = %v, W1 = %v, b1 = %v, W2 = %v, b2 = %v, eta = %v",
		s.x, s.t, s.W1, s.b1, s.W2, s.b2, s.eta)
}

// tutorial returns what the tutorial prints for s, nil if it has another setup.
func (s setup) tutorial() []printed {
	if s != tutorialSetup {
		return nil
	}
	return tutorialOutput
}

// A printed is a number as the tutorial prints it, "" where it prints none: in NumPy, whose
// brackets around it are left out, and in PyTorch.
type printed struct {
	name, numpy, pytorch string
}

// tutorialOutput is all that the tutorial prints. The parameters at its end are the updated
// ones.
var tutorialOutput = []printed{
	{"z", "0.5", "0.5"},
	{"a", "0.62245933", "0.622459352016449"},
	{"y", "-0.62245933", "-0.622459352016449"},
	{"L", "0.19372781", "0.19372782111167908"},
	{"dL_dy", "-0.62245933", ""},
	{"dL_dW2", "-0.38745562", "-0.38745564222335815"},
	{"dL_db2", "-0.62245933", "-0.622459352016449"},
	{"dL_da", "0.62245933", ""},
	{"dL_dW1", "0.14628025", "0.14628025889396667"},
	{"dL_db1", "0.14628025", "0.14628025889396667"},
	{"W2", "-0.99612544", ""},
	{"b2", "0.00622459", ""},
	{"W1", "0.4985372", ""},
	{"b1", "-0.0014628", ""},
}

const disagreements = `Where the tutorial's text and code disagree:
- Its mean squared error is neither a mean nor the whole square: L = ½(y − t)², of one
  sample. The ½ is what makes dL_dy = y − t and not 2(y − t).
- Its sigmoid_derivative takes a = σ(z) and not z. Given a it returns σ′(z) = a(1 − a),
  here 0.2350; given z it would return z(1 − z), here 0.25.
- Its PyTorch half ends with the gradients: the update has no counterpart there.
- Its conclusion is about steps repeated until the loss is minimal; its code takes one.
  -steps 917 repeats them.

`
