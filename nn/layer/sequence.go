package layer

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// A Sequence computes models one after the other: the outputs of each are the inputs of the next. In a
// network of your own, embed a pointer, *Sequence: the methods, Masks among them, are those of the pointer.
type Sequence struct {
	Models []nn.Model
}

// NewSequence returns a Sequence of models. It puts the kind of each model and its place, counted from 1, in
// front of the names of its parameters, as [Name] does: in a Sequence of a Conv, a MaxPool and a
// multi-layer perceptron there are conv1.kernel2.w3 and mlp3.layer1.neuron2.w1. A Value that several models
// have is named after the first.
//
// It panics if there are no models, if one is nil, or if one takes another number of inputs than the one
// before it has outputs. It asks those models that have the methods Inputs and Outputs; others notice in
// Forward.
func NewSequence(models ...nn.Model) *Sequence {
	s := &Sequence{Models: slices.Clone(models)}
	s.check("NewSequence")
	named := map[*gradus.Value]bool{}
	for i, m := range models {
		if i > 0 {
			mustFollow(i, models[i-1], m)
		}
		var params []*gradus.Value
		for _, p := range m.Params() {
			if !named[p] {
				params = append(params, p)
			}
			named[p] = true
		}
		rename(fmt.Sprintf("%s%d.", kind(m), i+1), params)
	}
	return s
}

// mustFollow panics if it is known that the model in place i, which is next, does not fit to the one before.
func mustFollow(i int, before, next nn.Model) {
	from, known := before.(interface{ Outputs() int })
	to, alsoKnown := next.(interface{ Inputs() int })
	if known && alsoKnown {
		mustBe(from.Outputs() == to.Inputs(), "NewSequence: %s%d takes %d inputs, want %d, as many as %s%d "+
			"has outputs", kind(next), i+1, to.Inputs(), from.Outputs(), kind(before), i)
	}
}

func (s *Sequence) check(who string) {
	mustBe(s != nil && len(s.Models) > 0, "%s: got no models, want one or more", who)
	for i, m := range s.Models {
		mustBe(!isNil(m), "%s: model %d is nil, want one", who, i+1)
	}
}

// Forward returns the outputs of the last model.
//
// It panics if there are no models, or if one of them does.
func (s *Sequence) Forward(x ...*gradus.Value) []*gradus.Value {
	s.check("Sequence.Forward")
	mustBeValues("Sequence.Forward", x)
	for _, m := range s.Models {
		x = m.Forward(x...)
	}
	return x
}

// Params returns the parameters of the models, one model after the other. It lists a Value that several of
// them have once.
//
// It panics if there are no models.
func (s *Sequence) Params() []*gradus.Value {
	s.check("Sequence.Params")
	return paramsOf(s.Models...)
}

// Masks returns the masks of those models that are [nn.Masked], each once.
//
// It panics if there are no models.
func (s *Sequence) Masks() (masks []*nn.Mask) {
	s.check("Sequence.Masks")
	for _, m := range s.Models {
		if m, ok := m.(nn.Masked); ok {
			masks = append(masks, m.Masks()...)
		}
	}
	return params.Once(masks)
}
