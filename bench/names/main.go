package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus/bench/internal/platform"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
)

const about = `Names measures how long it takes to train the GPT of examples/gpt for 1,000 steps,
beside plain Python and PyTorch. It prints a table in Markdown. It must run in the
root of a checkout. With the defaults it takes half a minute.`

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// A config is what the flags ask for.
type config struct {
	rounds, pythonSteps int
	plot                string
	args                []string  // the flags as they were written
	watcher             io.Writer // sees progress, if it is a terminal
}

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	cfg := config{rounds: 5, pythonSteps: 10, args: args, watcher: stderr}
	flags := flag.NewFlagSet("names", flag.ContinueOnError)
	flags.Var(program.Whole(&cfg.rounds, 1, 1000), "rounds",
		"how often each variant runs; the shortest time counts")
	flags.Var(program.Whole(&cfg.pythonSteps, 1, steps), "python-steps", "steps that plain Python does")
	flags.StringVar(&cfg.plot, "plot", "", "`file` to draw the times in, .png or .svg")
	return program.Run(flags, about, args, stdout, stderr, func(w io.Writer) error {
		ending := strings.ToLower(filepath.Ext(cfg.plot))
		if cfg.plot != "" && ending != ".png" && ending != ".svg" {
			return program.Usagef("-plot: %s: the ending is %q, want .png or .svg", cfg.plot, ending)
		}
		if err := program.Writable(cfg.plot); err != nil {
			return program.Usagef("-plot: %v", err)
		}
		return run(w, cfg)
	})
}

func run(w io.Writer, cfg config) (err error) {
	want, err := readReference()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "names-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	variants, python, err := findVariants(folder, cfg.pythonSteps)
	if err != nil {
		return err
	}
	results := make([]result, len(variants))
	bar := progress.New(cfg.watcher, len(variants)*cfg.rounds, "")
	for range cfg.rounds {
		for i, v := range variants {
			bar.Describe(v.name)
			r, err := v.run(want)
			if err != nil {
				return fmt.Errorf("%s: %w", v.name, err)
			}
			if i == 0 {
				if r.training, err = v.loop(r.cpu); err != nil {
					return fmt.Errorf("%s, 11,000 steps: %w", v.name, err)
				}
			}
			results[i].least(r)
			_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
		}
	}
	if _, err := io.WriteString(w, report(cfg, python, variants, results)); err != nil || cfg.plot == "" {
		return err
	}
	return picture(variants, results).Save(cfg.plot)
}

// report returns what the program prints.
func report(cfg config, python string, variants []variant, results []result) string {
	var b strings.Builder
	b.WriteString(platform.Heading("names", cfg.args, python))
	fmt.Fprintf(&b, "\nEvery time is the shortest of %d.\n\n", cfg.rounds)
	b.WriteString("| variant | steps measured | CPU s for 1,000 steps | of them training | ratio to gradus |\n" +
		"|---|--:|--:|--:|--:|\n")
	for i, v := range variants {
		training := "–"
		if results[i].training > 0 {
			training = platform.Number(results[i].training)
		}
		fmt.Fprintf(&b, "| %s | %d | %s | %s | %s |\n", v.name, v.steps, platform.Number(results[i].cpu),
			training, platform.Number(results[i].cpu/results[0].cpu))
	}
	return b.String()
}

// picture draws the times. Each bar has its number, which nobody can read from a logarithmic axis.
func picture(variants []variant, results []result) chart.Chart {
	bars := chart.Series{Style: chart.Bars}
	var names []string
	for i, v := range variants {
		names = append(names, fmt.Sprintf("%s s\n%s", platform.Number(results[i].cpu), v.name))
		bars.Add(float64(i), results[i].cpu)
	}
	return chart.Chart{
		Title: "To train a GPT of 4,192 parameters for 1,000 steps",
		X:     chart.Axis{Names: names}, Y: chart.Axis{Label: "seconds of CPU", Log: true},
		Series: []chart.Series{bars},
	}
}
