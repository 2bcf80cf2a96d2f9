package layer

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// Name puts a name and a point in front of the name of each parameter of a model, and returns the model. The
// parts of a model of your own get different names in this way, by which files and errors know them:
//
//	m.first = layer.Name("first", layer.NewConv(rng, …))   // first.kernel1.w1 …
//	m.second = layer.Name("second", layer.NewConv(rng, …)) // second.kernel1.w1 …
//
// A parameter without a name gets its place in Params, counted from 1, behind the point. If all have the
// name in front already, they stay as they are. A [Sequence] names the parameters of its models itself.
//
// It panics if the name is empty, or if the model is nil.
func Name[M nn.Model](name string, model M) M {
	mustBe(name != "" && !isNil(model), "Name: the name is empty or the model nil, want a name and a model")
	rename(name+".", model.Params())
	return model
}

// rename puts the prefix in front of the names of the parameters, unless all have it.
func rename(prefix string, params []*gradus.Value) {
	all := true
	for _, p := range params {
		all = all && strings.HasPrefix(p.Name(), prefix)
	}
	for i, p := range params {
		if name := p.Name(); name == "" {
			p.As(fmt.Sprint(prefix, i+1))
		} else if !all {
			p.As(prefix + name)
		}
	}
}

// kind returns the name of the model's type in small letters.
func kind(m nn.Model) string {
	t := reflect.TypeOf(m)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name, _, _ := strings.Cut(t.Name(), "[")
	if name == "" {
		name = "model"
	}
	return strings.ToLower(name)
}

// isNil reports whether the model is nil, or a nil pointer.
func isNil(m nn.Model) bool {
	v := reflect.ValueOf(m)
	return !v.IsValid() || v.Kind() == reflect.Pointer && v.IsNil()
}

// nameNeurons names the parameters of a layer: neuron 2 of the layer "query" has query2.w1 and so on, and
// query2.b. In a cell, the weights of its inputs are called x1 and so on, and those of its state, h1.
// inputs is the number of inputs of a cell, and −1 in any other layer.
func nameNeurons(l *nn.Layer, name string, inputs int) {
	for i, n := range l.Neurons {
		for k, w := range n.W {
			of := fmt.Sprintf("w%d", k+1)
			if k < inputs {
				of = fmt.Sprintf("x%d", k+1)
			} else if inputs >= 0 {
				of = fmt.Sprintf("h%d", k+1-inputs)
			}
			w.As(fmt.Sprintf("%s%d.%s", name, i+1, of))
		}
		if n.B != nil {
			n.B.As(fmt.Sprintf("%s%d.b", name, i+1))
		}
	}
}
