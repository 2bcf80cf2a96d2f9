package engine

import (
	"fmt"
	"math"
	"strings"

	"github.com/gradus-go/gradus/course/internal/checking"
)

// Wrong returns what is wrong: the first factor, what was found, and the slips that explain it.
func Wrong(factor, text string, what ...string) *checking.Finding {
	f := checking.Finding{Factor: factor, Text: text}
	if len(what) == 0 {
		f.Text += fmt.Sprintf("\n  first wrong: %s; no usual slip explains it", factor)
		return &f
	}
	f.Text += fmt.Sprintf("\n  first wrong: %s; what would explain it:", factor)
	for i, w := range what {
		if i == 3 {
			break // more would not help
		}
		slip := factor + ": " + w
		f.Slips, f.Text = append(f.Slips, slip), f.Text+"\n    "+slip
	}
	return &f
}

// Todo returns what is found about a part that is as it was handed out.
func Todo(name string) *checking.Finding {
	slip := name + ": write its body in place of " + checking.Todo
	return &checking.Finding{
		Factor: name, Slips: []string{slip},
		Text: name + " is still to do, or does nothing: its result is what it was as handed out",
	}
}

// Number writes a number as a message shows it.
func Number(x float64) string { return strings.ReplaceAll(fmt.Sprintf("%.6g", x), "-", "−") }

// Equal reports whether two numbers are equal, but for rounding.
func Equal(x, y float64) bool {
	return x == y || math.Abs(x-y) <= 1e-9*(1+math.Abs(y)) || x != x && y != y
}
