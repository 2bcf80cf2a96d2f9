package main

import (
	"fmt"
	"slices"
)

// A setup holds the numbers to start from.
type setup struct {
	x, t, W1, b1, W2, b2, eta float64
}

// tutorialSetup holds the tutorial's numbers.
var tutorialSetup = setup{x: 1, t: 0, W1: 0.5, b1: 0, W2: -1, b2: 0, eta: 0.01}

func (s setup) String() string {
	return fmt.Sprintf("x = %v, t = %v, W1 = %v, b1 = %v, W2 = %v, b2 = %v, eta = %v",
		s.x, s.t, s.W1, s.b1, s.W2, s.b2, s.eta)
}

// tutorial returns the numbers that the tutorial prints, or nil if s is not its setup. If only the
// learning rate differs, the texts of the updated parameters, which alone depend on it, are empty.
func (s setup) tutorial() []printed {
	eta := s.eta
	s.eta = tutorialSetup.eta
	if s != tutorialSetup {
		return nil
	}
	texts := slices.Clone(tutorialOutput)
	if eta != tutorialSetup.eta {
		for i := len(texts) - updated; i < len(texts); i++ {
			texts[i] = printed{name: texts[i].name}
		}
	}
	return texts
}

// A printed is a quantity as the tutorial prints it: with NumPy, without the brackets around the
// number, and with PyTorch. The text is "" where the tutorial prints nothing.
type printed struct {
	name, numpy, pytorch string
}

// updated is the number of parameters after the update. They are the last of the tutorial's numbers.
const updated = 4

// tutorialOutput holds all numbers that the tutorial prints.
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

// The formulas that stand in the text after the numbers of a part.
const (
	forwardFormulas = `z = W1·x + b1
a = σ(z), where σ is the sigmoid function
y = W2·a + b2
L = ½(y − t)²
`
	updateFormulas = `W2 ← W2 − η·dL/dW2
b2 ← b2 − η·dL/db2
W1 ← W1 − η·dL/dW1
b1 ← b1 − η·dL/db1, where η is the learning rate, eta
`
)

const disagreements = `Where the tutorial's text and code disagree:
- The "mean squared error" is not a mean, and it is half a squared error:
  L = ½(y − t)² for one sample. Because of the ½, dL_dy is y − t and not
  2(y − t).
- The function sigmoid_derivative takes a = σ(z), not z. Given a, it returns
  σ′(z) = a(1 − a), here 0.2350; given z, it would return z(1 − z), here 0.25.
- The PyTorch half ends with the gradients: it makes no update.
- The conclusion speaks of repeating the steps until the loss is minimal, but
  the code takes one step. This program repeats it with -steps 917.

`
