package nn

import (
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
)

// A Model computes outputs from inputs, with parameters that can be trained. An [MLP] is a Model, and so
// is any type of your own with these two methods: package train trains it, and package health
// says whether it can learn.
type Model interface {
	// Params returns the parameters, each once, in the same order each time. They are leaves. Each should
	// have a name of its own, which files and errors use: see [gradus.Value.As].
	Params() []*gradus.Value

	// Forward returns the outputs for one sample, at least one. The graph that it builds must have the
	// same form for all samples: where a decision depends on a number, use [gradus.Where], not an if.
	Forward(x ...*gradus.Value) []*gradus.Value
}

// A Masked model uses numbers that are drawn anew for every sample in training, such as those of dropout.
// Package train draws them.
type Masked interface {
	Model

	// Masks returns the masks that Forward uses, each once, in the same order each time.
	Masks() []*Mask
}

// A Mask has numbers that Forward uses and that training draws anew for every sample. Elsewhere, each of
// them is Off: the model then computes the same outputs each time.
//
// Leave the Data of the Values alone: package train sets them for a sample and sets them back to Off.
type Mask struct {
	Values []*gradus.Value              // the leaves that Forward uses, which nobody trains
	Draw   func(rng *rand.Rand) float64 // draws one number, from rng alone, so that it can be drawn again
	Off    float64                      // the number outside of training
}

// NewMask returns a Mask of n Values, which are off.
//
// It panics if n is less than 1 or more than 2³⁰, or if draw is nil.
func NewMask(n int, off float64, draw func(rng *rand.Rand) float64) *Mask {
	if n < 1 || n > 1<<30 {
		panic(fmt.Sprintf("nn: NewMask: got %d numbers, want from 1 to 2³⁰", n))
	} else if draw == nil {
		panic("nn: NewMask: the function is nil, want one that draws a number")
	}
	m := &Mask{Values: gradus.Values(make([]float64, n)), Draw: draw, Off: off}
	for _, v := range m.Values {
		v.Data = off
	}
	return m
}
