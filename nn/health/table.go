package health

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

// String returns a table of the layers and, below it, the condition and the diagnosis.
func (r Report) String() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprint(w, "layer\tunits\tφ\t‖∂L/∂W‖\t= 0\ttiny\tsaturated\tdead\t‖W‖\tupdate/W\tz\t\n")
	for i, l := range r.Layers {
		fmt.Fprintf(w, "%d\t%d\t%s\t%.2g\t%s\t%s\t%s\t%s\t%.2g\t%.1g\t%.3g…%.3g\t\n",
			i+1, l.Units, l.Activation, l.GradNorm, percent(l.Zero), percent(l.Tiny),
			percent(l.Saturated), percent(l.Dead), l.WeightNorm, l.UpdateRatio, l.ZMin, l.ZMax)
	}
	w.Flush()
	return b.String() + wrap.Prose("  ", fmt.Sprintf("%s: %s", r.Condition, r.Diagnosis)) + "\n"
}

// percent returns a share as a percentage. A share that would be rounded to 0 % or 100 % is
// written as <1 % or >99 %.
func percent(share float64) string {
	switch {
	case share > 0 && share < 0.005:
		return "<1 %"
	case share > 0.995 && share < 1:
		return ">99 %"
	}
	return fmt.Sprintf("%.0f %%", 100*share)
}
