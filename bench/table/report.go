package main

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/bench"
	"github.com/gradus-go/gradus/bench/internal/platform"
	"github.com/gradus-go/gradus/chart"
)

// report returns what the program prints.
func report(cfg config, python string, timings []bench.Timing, curves []bench.Curve) string {
	var b strings.Builder
	b.WriteString(platform.Heading("table", cfg.args, python))
	if len(timings) > 0 {
		b.WriteString("\nAn iteration computes the function and its gradient for one sample. " +
			"Every time is the\nshortest of 7 turns.\n\n" +
			"| row | variant | ns/iteration | ns/node | B/op | allocs/op | ratio to plain Go |\n" +
			"|---|---|--:|--:|--:|--:|--:|\n")
	}
	for _, t := range timings {
		bytes, allocs := "", ""
		if t.Bytes >= 0 {
			bytes, allocs = platform.Number(t.Bytes), platform.Number(t.Allocs)
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s | %.2f |\n", t.Row, t.Variant,
			platform.Number(t.NS), platform.Number(t.PerNode), bytes, allocs, t.Ratio)
	}
	for i := range curves {
		if i == 0 || curves[i].Along != curves[i-1].Along {
			grid(&b, curves[i:])
		}
	}
	return b.String()
}

// grid prints a table of those first curves that grow along the same quantity.
func grid(b *strings.Builder, curves []bench.Curve) {
	fmt.Fprintf(b, "\n| ns per multiply-add at %s |", curves[0].Along)
	rule := "\n|---|"
	for _, x := range curves[0].X {
		fmt.Fprintf(b, " %.0f |", x)
		rule += "--:|"
	}
	fmt.Fprintln(b, rule)
	for _, c := range curves {
		if c.Along != curves[0].Along {
			return
		}
		fmt.Fprintf(b, "| %s |", c.Variant)
		for _, ns := range c.NS {
			fmt.Fprintf(b, " %.3f |", ns)
		}
		fmt.Fprintln(b)
	}
}

// growth returns the picture of the curves.
func growth(curves []bench.Curve) chart.Chart {
	c := chart.Chart{
		Title: "How cost grows",
		X:     chart.Axis{Label: "width, depth or samples", Log: true},
		Y:     chart.Axis{Label: "ns per multiply-add", Log: true},
	}
	for _, curve := range curves {
		if curve.Along == "batch" && curve.Variant == "plain Go" {
			continue // it computes one sample after the other, so its curve is a horizontal line
		}
		c.Series = append(c.Series, chart.Series{
			Name: curve.Variant + ": " + curve.Along, X: curve.X, Y: curve.NS, Style: chart.LinePoints,
		})
	}
	return c
}
