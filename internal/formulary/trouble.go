package formulary

import (
	"cmp"
	"fmt"
	"math"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/show"
)

// Trouble says where a number comes from that is not finite, or "" if all are finite.
func Trouble(root *gradus.Value) string {
	for _, v := range gradus.Topo(root) {
		switch {
		case finite.All(v.Data):
			continue
		case v.Op() == nil:
			return fmt.Sprintf("%s is %s, and so may be what is computed from it.",
				cmp.Or(v.Name(), "A number"), formula.Short(v.Data))
		case math.IsNaN(v.Data):
			return fmt.Sprintf("%s is NaN, which is no number: %s has none at %s. What is computed from it is "+
				"NaN, too.",
				name(v), v.Op().Name(), operands(v))
		}
		return fmt.Sprintf("%s is %s: %s is infinite, or too large for a floating-point number.",
			name(v), formula.Short(v.Data), applied(v))
	}
	for _, step := range show.Steps(root) {
		if text := gradient(step); text != "" {
			return "The values are finite, but not all gradients: " + text
		}
	}
	return ""
}

// gradient says why a step adds to a gradient what makes it not finite, or "" if it does not.
func gradient(step show.Step) string {
	switch {
	case !finite.All(step.Gradient) || finite.All(step.Sum):
		return ""
	case finite.All(step.Contribution):
		return fmt.Sprintf("the contributions to that of %s have a sum that is too large for a floating-point "+
			"number.", name(step.Parent()))
	}
	text := fmt.Sprintf("the local derivative of %s at %s is %s.", name(step.Node), operands(step.Node),
		formula.Short(step.Local))
	switch {
	case finite.All(step.Local):
		text += fmt.Sprintf(" Times %s, that is too large for a floating-point number.",
			formula.Short(step.Gradient))
	case math.IsInf(step.Local, 0) && step.Gradient == 0:
		text += " Times 0, that is NaN, which is no number."
	}
	return text
}

// applied returns an operation and its numbers: exp of 710, or 1 / 0.
func applied(v *gradus.Value) string {
	symbol := v.Op().Name()
	if p := v.Parents(); len(p) == 2 && !strings.ContainsFunc(symbol, unicode.IsLetter) {
		return fmt.Sprintf("%s %s %s", operand(p[0]), symbol, operand(p[1]))
	}
	return symbol + " of " + operands(v)
}

// operands returns the numbers of the operands of a value, of many the first.
func operands(v *gradus.Value) string {
	var all []string
	for _, p := range v.Parents()[:min(len(v.Parents()), 4)] {
		all = append(all, operand(p))
	}
	if len(all) < len(v.Parents()) {
		all = append(all, "…")
	}
	return strings.Join(all, ", ")
}

// operand returns the number of an operand. The sign of −0 is why 1 / -0 is -∞.
func operand(v *gradus.Value) string {
	if v.Data == 0 && math.Signbit(v.Data) {
		return "-0"
	}
	return formula.Short(v.Data)
}

// name returns the name of a result, or else its operation.
func name(v *gradus.Value) string {
	if v.Name() != "" {
		return v.Name()
	}
	return v.Op().Name()
}
