package params

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sorting"
)

// Check returns an error that names the first parameter that cannot be trained: nil, a constant, or a
// Value that was computed from others.
func Check(params []*gradus.Value) error {
	for i, v := range params {
		var problem string
		switch {
		case v == nil:
			problem = "is nil"
		case v.IsConst():
			problem = "is a constant"
		case v.Op() != nil:
			problem = "was computed"
		default:
			continue
		}
		return fmt.Errorf("parameter %d of the network (%v) %s and cannot be trained, want a leaf made "+
			"with gradus.New", i+1, v, problem)
	}
	return nil
}

// Once returns each of the parameters, or masks, once, in the order in which they occur first. A Value that
// is shared by neurons, or by layers, is one parameter: an update must change it once, and a norm count it
// once. It overwrites all.
func Once[E comparable](all []E) []E {
	seen := make(map[E]bool, len(all))
	return slices.DeleteFunc(all, func(p E) bool {
		again := seen[p]
		seen[p] = true
		return again
	})
}

// CheckOf returns the error of the model's own Check, if it has one, as an nn.MLP does.
func CheckOf(model any) error {
	if m, ok := model.(interface{ Check() error }); ok {
		return m.Check()
	}
	return nil
}

// InputsOf returns how many inputs the model takes: as it says itself, as an nn.MLP does, or else as many as
// the first row has.
func InputsOf(model any, rows [][]float64) int {
	if m, ok := model.(interface{ Inputs() int }); ok {
		return m.Inputs()
	}
	if len(rows) == 0 {
		return 0
	}
	return len(rows[0])
}

// Try returns what f computes. If a model, a loss or an optimiser refuses what it is given, by a panic with a
// sentence of package nn, layer, optim or gradus, Try returns this sentence as an error: inputs and targets
// come from data.
func Try[T any](f func() T) (result T, err error) {
	defer func() {
		r := recover()
		sentence, _ := r.(string)
		switch name, rest, ok := strings.Cut(sentence, ": "); {
		case ok && name == "nn":
			err = errors.New(rest)
		case ok && (name == "layer" || name == "optim" || name == "gradus"):
			err = errors.New(sentence)
		case r != nil:
			panic(r)
		}
	}()
	return f(), nil
}

// ErrNoGradient says that [Matter] reports false.
var ErrNoGradient = errors.New("the loss does not depend on the parameters of the network, so that nothing " +
	"can be learned: compute it from the Values y, not from their Data")

// Unused returns those of the parameters on which a loss does not depend.
func Unused(params []*gradus.Value, loss *gradus.Value) (unused []*gradus.Value) {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	order := gradus.Topo(loss)
	for _, v := range order {
		*sorting.State(v) |= 1
	}
	defer sorting.Clear(order)
	for _, v := range params {
		if *sorting.State(v)&1 == 0 {
			unused = append(unused, v)
		}
	}
	return unused
}

// Matter reports whether a loss depends on one of the parameters.
func Matter(params []*gradus.Value, loss *gradus.Value) bool {
	sorting.Lock.Lock()
	defer sorting.Lock.Unlock()
	order := gradus.Topo(loss)
	for _, v := range params {
		*sorting.State(v) |= 1
	}
	defer sorting.Clear(params)
	return slices.ContainsFunc(order, func(v *gradus.Value) bool { return *sorting.State(v)&1 != 0 })
}
