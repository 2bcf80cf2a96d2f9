package checking

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// unknown says that a name of a formula is none of the names of an exercise, and what may be meant.
func unknown(name string, names []string) string {
	return fmt.Sprintf("%s is not a name of this exercise; its names are %s%s", name, strings.Join(names, ", "),
		meant(name, names))
}

const digits = "0123456789"

// power finds a power that is written without a sign, as x2.
var power = regexp.MustCompile(`^(\pL+)([2-9])$`)

// glued finds a function whose operand is not in brackets, as cos3b.
var glued = regexp.MustCompile(`^(sin|cos|tanh|tan|exp|ln|sqrt|sigmoid|σ|softplus)(.+)$`)

// meant returns what may be meant by an unknown name, or "".
func meant(name string, names []string) string {
	if strings.ContainsAny(name, "'′’") {
		return fmt.Sprintf("; write the formula in place of %s, or, if a line above has this derivative, "+
			"the derivative as this line does", name)
	}
	switch name {
	case "e":
		return "; exp(u) is e to the power of u"
	case "sigma":
		return "; the sigmoid of u is written sigmoid(u) or σ(u)"
	}
	if i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, name) }); i >= 0 {
		return fmt.Sprintf("; is %s meant?", names[i])
	}
	if p := power.FindStringSubmatch(name); p != nil && slices.Contains(names, p[1]) {
		return fmt.Sprintf("; the power is written %s^%s", p[1], p[2])
	}
	if f := glued.FindStringSubmatch(name); f != nil {
		return fmt.Sprintf("; what a function is of stands in brackets: %s(%s)", f[1], f[2])
	}
	var numbered []string // the same but for a number at the end
	for _, n := range names {
		if strings.TrimRight(n, digits) == name || strings.TrimRight(name, digits) == n {
			numbered = append(numbered, n)
		}
	}
	if numbered != nil {
		return fmt.Sprintf("; is %s meant?", strings.Join(numbered, " or "))
	}
	for i := range name {
		if slices.Contains(names, name[:i]) && slices.Contains(names, name[i:]) {
			return fmt.Sprintf("; the product is written %s*%s", name[:i], name[i:])
		}
	}
	return ""
}
