package shapes

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Formulas returns n texts of formulas, always the same: definitions that depend on each other. Some names in
// them have no number.
func Formulas(n int) []string {
	rng := rand.New(rand.NewPCG(21, 1))
	texts := make([]string, n)
	for i := range texts {
		texts[i] = generated(rng)
	}
	return texts
}

// generated returns some definitions that depend on each other. Some names have no number.
func generated(rng *rand.Rand) string {
	names := []string{"x", "w", "b", "t₁", "x'"}[:2+rng.IntN(4)]
	var b strings.Builder
	for i, name := range names {
		kind := []string{"", "", "input ", "const "}[rng.IntN(4)]
		if i > 0 && rng.IntN(5) == 0 {
			continue // the view gives it a number
		}
		fmt.Fprintf(&b, "%s%s = %.*g\n", kind, name, 1+rng.IntN(17), rng.NormFloat64())
	}
	if names[0] == "x" {
		b.WriteString("p0 = 2 # a parameter\n")
	}
	names = append(names, "p0")
	for i := range 1 + rng.IntN(5) {
		fmt.Fprintf(&b, "v%d = %s\n", i, expression(rng, names, 3)+" + p0")
		names = append(names, fmt.Sprint("v", i))
	}
	return b.String()
}

// expression returns a random formula of these names.
func expression(rng *rand.Rand, names []string, depth int) string {
	if depth == 0 || rng.IntN(8) == 0 {
		if rng.IntN(4) == 0 {
			return fmt.Sprintf("%.3g", rng.Float64())
		}
		return names[rng.IntN(len(names))]
	}
	one := func() string { return expression(rng, names, depth-1) }
	switch rng.IntN(8) {
	case 0:
		return one() + " − (" + one() + ")"
	case 1:
		return "(" + one() + ")/(1.5 + (" + one() + ")²)"
	case 2:
		return "(" + one() + ")³"
	case 3:
		f := []string{"σ", "tanh", "sin", "exp", "softplus", "ln", "√", "relu", "abs"}[rng.IntN(9)]
		return f + "(" + one() + ")"
	case 4:
		return "max(" + one() + ", " + one() + ")"
	case 5:
		return "½(" + one() + " + " + one() + ")"
	}
	return "(" + one() + ")·(" + one() + ")"
}
