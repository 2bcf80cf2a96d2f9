package health

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
)

// findBroken returns a finding about the first number that is not finite in the graph of a sample, or
// nil. Numbers on which learning does not depend need not be finite: 1/(1 + exp(1000)) is 0.
func (m *model) findBroken(row int, order, whole, y []*gradus.Value) *finding {
	isBroken := func(v *gradus.Value) bool { return !finite.All(v.Data, v.Grad) }
	matters := slices.Concat(y, m.params, whole[len(whole)-1:])
	for _, p := range m.points {
		matters = append(matters, order[p.z])
	}
	if !slices.ContainsFunc(matters, isBroken) {
		return nil
	}
	for _, v := range append(order[:len(order):len(order)], whole...) {
		if v.Op() != nil && !finite.All(v.Data) {
			return m.located(row, order, v, calculation(v))
		}
	}
	for _, v := range slices.Backward(whole) {
		if v.Op() == nil {
			continue
		}
		for _, dx := range partials(v) {
			if !finite.All(v.Grad * dx) {
				return m.located(row, order, v, fmt.Sprintf("∂L/∂x = %v for the x in %s", v.Grad*dx, calculation(v)))
			}
		}
	}
	return nil
}

var pick = gradus.Pick(gradus.New(0), gradus.New(0)).Op()

// located returns the finding that something is not finite at v. order is the graph of the outputs.
func (m *model) located(row int, order []*gradus.Value, v *gradus.Value, what string) *finding {
	part, where := -1, "the loss"
	if i := slices.Index(order, v); i >= 0 {
		if part, where = m.nodes[i].part, "Forward"; part >= 0 {
			where = called(m.parts[part].name)
		}
	}
	look := "look there " + lookFor
	if v.Op() == pick && !finite.All(v.Data) { // what it picks from comes first, and is finite
		look = fmt.Sprintf("its first operand, such as a token, should be a whole number from 0 to %d",
			len(v.Parents())-2)
	}
	return &finding{Exploding, part, fmt.Sprintf("%s in %s, for x[%d]: %s", what, where, row, look), ""}
}

// partials returns the derivatives of a Value with respect to its operands.
func partials(v *gradus.Value) []float64 {
	x := operands(v)
	v.Op().Partials(x, x, v.Data)
	return x
}

func operands(v *gradus.Value) (x []float64) {
	for _, p := range v.Parents() {
		x = append(x, p.Data)
	}
	return x
}

// calculation returns how a Value was computed: exp(800) = +Inf.
func calculation(v *gradus.Value) string {
	x, rest := operands(v), ""
	if len(x) > 3 {
		x, rest = x[:2], ", …"
	}
	numbers := strings.ReplaceAll(strings.Trim(fmt.Sprintf("%.3g", x), "[]"), " ", ", ") + rest
	return fmt.Sprintf("%s(%s) = %.3g", v.Op().Name(), numbers, v.Data)
}

// findUnused notes the first part of which there are parameters on which the loss depends for no sample.
func (m *model) findUnused() {
	for k, p := range m.parts {
		unused := slices.DeleteFunc(slices.Clone(p.params), func(v *gradus.Value) bool { return m.used[v] })
		if len(unused) > 0 && m.found == nil {
			m.found = &finding{Unused, k, fmt.Sprintf("nothing depends on %s (unused: %d of the %d parameters of "+
				"%s): use it in Forward, or leave it out of Params", cmp.Or(unused[0].Name(), "a parameter"),
				len(unused), len(p.params), called(p.name)), ""}
		}
	}
}
