package main

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/bench/internal/platform"
)

// report returns what the program prints.
func report(cfg config, python string, results []result) string {
	var b strings.Builder
	b.WriteString(platform.Heading("epoch", cfg.args, python))
	fmt.Fprintf(&b, "\nAn epoch has %d images. Every time is the shortest of %d.\n\n", cfg.images, cfg.rounds)
	b.WriteString("| batch | variant | s/epoch | ns/image | mean loss | ratio to plain Go |\n" +
		"|--:|---|--:|--:|--:|--:|\n")
	for _, r := range results {
		fmt.Fprintf(&b, "| %d | %s | %.3g | %.0f | %.8f | %.2f |\n", r.way.batch, r.variant,
			r.time.Seconds(), float64(r.time)/float64(cfg.images), r.loss, r.ratio)
	}
	return b.String()
}
