// Table measures gradus side by side with plain Go, gonum, NumPy and PyTorch, and prints
// what package bench explains as one table in Markdown, below the machine that it ran on.
//
// Usage:
//
//	go run ./bench/table [flags]
//
// The flags are:
//
//	-rows LIST   what to measure, separated by commas: rows of the table, or width, depth and
//	             batch for how cost grows along these (default: all of it)
//	-time 50ms   how long each variant is timed in each of its 7 turns
//	-plot FILE   draw the growth, as PNG or SVG by the ending of the name
//
// Everything takes about two minutes. A bar on stderr shows how far it is, if that is a
// terminal. The exit status is 1 if two variants disagree, and 2 if a flag is wrong (that of
// go run is 1 in either case).
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gradus-go/gradus/bench"
	"github.com/gradus-go/gradus/internal/program/progress"
)

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

type config struct {
	rows  []string
	turn  time.Duration
	plot  string
	shown string // the command line
}

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	cfg, err := parse(args, stdout)
	if errors.Is(err, flag.ErrHelp) {
		return 0
	}
	if err != nil {
		fmt.Fprintf(stderr, "table: %v\n", err)
		return 2
	}
	if err := run(stdout, stderr, cfg); err != nil {
		fmt.Fprintf(stderr, "table: %v\n", err)
		return 1
	}
	return 0
}

func parse(args []string, help io.Writer) (config, error) {
	all := append(bench.Rows(), bench.Growths()...)
	cfg := config{shown: strings.Join(append([]string{"go run ./bench/table"}, args...), " ")}
	flags := flag.NewFlagSet("table", flag.ContinueOnError)
	flags.SetOutput(io.Discard) // errors are printed once, by command
	rows := flags.String("rows", strings.Join(all, ","), "what to measure, separated by commas: "+
		"rows of the table,\nor width, depth and batch for how cost grows along these")
	flags.DurationVar(&cfg.turn, "time", 50*time.Millisecond,
		"how long each variant is timed in each of its 7 turns")
	flags.StringVar(&cfg.plot, "plot", "",
		"`file` to draw the growth in, as PNG or SVG by the ending of its name")
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(help)
		fmt.Fprint(help, "Table measures gradus side by side with plain Go, gonum, NumPy and "+
			"PyTorch,\nand prints a table in Markdown. All of it takes about two minutes.\n\n")
		flags.PrintDefaults()
		return cfg, err
	}
	if err != nil {
		return cfg, err
	}
	if flags.NArg() > 0 {
		return cfg, fmt.Errorf("argument %q is no flag, want nothing but flags", flags.Arg(0))
	}
	if cfg.turn <= 0 {
		return cfg, fmt.Errorf("-time is %v, want more than 0", cfg.turn)
	}
	cfg.rows = strings.Split(*rows, ",")
	for _, row := range cfg.rows {
		if !slices.Contains(all, row) {
			return cfg, fmt.Errorf("-rows: there is no %q, want some of %s", row, strings.Join(all, ","))
		}
	}
	return cfg, cfg.checkPlot()
}

// checkPlot finds what would fail only after all has been measured.
func (cfg config) checkPlot() error {
	if cfg.plot == "" {
		return nil
	}
	if !cfg.grows() {
		return fmt.Errorf("-plot draws growth, want one of %q in -rows", bench.Growths())
	}
	if ending := filepath.Ext(cfg.plot); ending != ".png" && ending != ".svg" {
		return fmt.Errorf("-plot: %s ends in %q, want .png or .svg", cfg.plot, ending)
	}
	if folder := filepath.Dir(cfg.plot); !isFolder(folder) {
		return fmt.Errorf("-plot: there is no folder %s, want one to write %s to", folder, cfg.plot)
	}
	return nil
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// grows reports whether there is anything to draw.
func (cfg config) grows() bool {
	return slices.ContainsFunc(cfg.rows, isGrowth)
}

func isGrowth(row string) bool { return slices.Contains(bench.Growths(), row) }

func run(stdout, stderr io.Writer, cfg config) (err error) {
	bar := progress.New(stderr, len(cfg.rows), "")
	s := bench.Start(cfg.turn, func(what string) { bar.Describe(fmt.Sprintf("%-48s", what)) })
	defer func() { err = errors.Join(err, s.Close()) }()
	var timings []bench.Timing
	var curves []bench.Curve
	for _, row := range cfg.rows {
		if isGrowth(row) {
			c, err := s.Growth(row)
			if err != nil {
				return err
			}
			curves = append(curves, c...)
		} else {
			t, err := s.Measure(row)
			if err != nil {
				return err
			}
			timings = append(timings, t...)
		}
		_ = bar.Add(1) // a bar that cannot be drawn is no reason to stop
	}
	if _, err := io.WriteString(stdout, report(cfg, s.Python, timings, curves)); err != nil {
		return err
	}
	if cfg.plot != "" {
		return growth(curves).Save(cfg.plot)
	}
	return nil
}
