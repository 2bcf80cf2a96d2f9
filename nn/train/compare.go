package train

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// A recordable is a graph that can be recorded: the leaves that it begins with, the numbers with which they
// were made, and what it computes.
type recordable struct {
	numbers         []float64
	inputs, outputs []*gradus.Value
	features        int // how many of the inputs are those of the network, which come first
	targets         int // how many are targets, which come next
}

// recordable returns the graph of a row, with the loss for its output. Masks are off.
func (b builder) recordable(d Data, row int) recordable {
	g, numbers := b.build(d, row), b.numbers(nil, d, sample{row: row})
	return recordable{numbers, b.inputs(g), []*gradus.Value{g.loss}, len(d.X[row]), len(d.T[row])}
}

// called returns what an error calls the leaf at place i of the inputs.
func (g recordable) called(i int) string {
	switch {
	case i < g.features:
		return fmt.Sprint("input ", i+1)
	case i < g.features+g.targets:
		return fmt.Sprint("target ", i-g.features+1)
	}
	return "a mask" // a weight is made after the loss
}

// compare returns an error if a graph is not the one that was recorded. It names the graph by what: the
// graph of Data.X[3].
func compare(p *replay.Program, g recordable, what string, args ...any) error {
	what = fmt.Sprintf(what, args...)
	if slices.Contains(g.outputs, nil) {
		return fmt.Errorf("the %s is nil, want a Value", what)
	}
	if agrees(p, g) {
		return nil
	}
	if err := p.Check(g.outputs, g.inputs...); err != nil {
		return fmt.Errorf("the %s differs from what was recorded, as it does when an if on Data decides how to "+
			"build the graph, or when Data is used as a number; use gradus.Where in place of the if, and Values in "+
			"place of numbers, or set Eager: %w", what, err)
	}
	return g.checkWritten(what)
}

// agrees reports whether the program computes about the same outputs as the graph. If it does not,
// Program.Check tells whether the graph is another one, which takes much longer.
func agrees(p *replay.Program, g recordable) bool {
	p.Forward(g.numbers...)
	for k, y := range g.outputs {
		if !near(p.Output(k), y.Data) {
			return false
		}
	}
	return true
}

func near(x, y float64) bool { return math.Abs(x-y) <= 1e-9*math.Abs(y) }

// checkWritten returns an error if a Value of the graph has another number than it was made with, or than its
// operation gives: whoever built the graph has written to its Data, of which a recording knows nothing.
func (g recordable) checkWritten(what string) error {
	const remedy = "; a recording knows nothing of that: compute a new Value instead, as in x.Mul(0.5), or " +
		"set Eager"
	same := func(x, y float64) bool { return x == y || near(x, y) || x != x && y != y }
	for i, v := range g.inputs {
		if x := g.numbers[i]; !same(x, v.Data) {
			return fmt.Errorf("%s in the %s was %v and is %v: Forward, an activation or the loss has written to its "+
				"Data"+remedy, g.called(i), what, x, v.Data)
		}
	}
	for _, v := range gradus.Topo(g.outputs...) {
		if v.Op() == nil {
			continue
		}
		var x []float64
		for _, parent := range v.Parents() {
			x = append(x, parent.Data)
		}
		if z := v.Op().Eval(x...); !same(z, v.Data) {
			return fmt.Errorf("a Value (%v) in the %s was %v: Forward, an activation or the loss has written to its "+
				"Data, or a function of your own depends on more than its operands"+remedy, v, what, z)
		}
	}
	return nil
}
