package health

import (
	"cmp"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

// String returns a table with a column for each layer and, below it, the condition and the diagnosis.
// A line has at most 80 characters, unless the name of an activation is longer: layers for which there
// is no place beside the first continue the table below. The Report that comes with an error has no layers,
// and String says so.
func (r Report) String() string {
	if len(r.Layers) == 0 {
		return "a Report without layers\n"
	}
	var b strings.Builder
	lines := head()
	for i, l := range r.Layers {
		cells := column(i+1, l)
		width := 3 // the gap between two columns
		for _, cell := range cells {
			width = max(width, 3+utf8.RuneCountInString(cell))
		}
		if i > 0 && utf8.RuneCountInString(lines[0])+width > wrap.Columns {
			b.WriteString(strings.Join(lines, "\n") + "\n\n")
			lines = head()
		}
		for k := range lines {
			lines[k] += fmt.Sprintf("%*s", width, cells[k])
		}
	}
	b.WriteString(strings.Join(lines, "\n") + "\n")
	return b.String() + wrap.Prose(string(r.Condition)+": ", "  ", r.Diagnosis) + "\n"
}

// head returns the names of what [column] has for a layer, all of the same width.
func head() []string {
	names := []string{
		"layer", "units", "activation φ", "‖∂L/∂W‖", "∂L/∂w = 0", "∂L/∂w tiny", "φ saturated", "dead units",
		"‖W‖", "update/‖W‖", "smallest z", "largest z",
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%-12s", name)
	}
	return names
}

func column(place int, l Layer) []string {
	return []string{
		cmp.Or(strings.TrimPrefix(l.Name, "layer"), fmt.Sprint(place)), fmt.Sprint(l.Units), l.Activation,
		fmt.Sprintf("%.2g", l.GradNorm), percent(l.Zero), percent(l.Tiny), percent(l.Saturated), percent(l.Dead),
		fmt.Sprintf("%.2g", l.WeightNorm), fmt.Sprintf("%.1g", l.UpdateRatio),
		fmt.Sprintf("%.3g", l.ZMin), fmt.Sprintf("%.3g", l.ZMax),
	}
}

// percent returns a share as a percentage. A share that would be rounded to 0 % or 100 % is
// written as <1 % or >99 %.
func percent(share float64) string {
	switch {
	case share > 0 && share <= 0.005: // 0.5 is rounded to 0, the even number
		return "<1 %"
	case share >= 0.995 && share < 1:
		return ">99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}
