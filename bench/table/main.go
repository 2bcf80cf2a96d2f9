// Table measures how long it takes to compute a function and its gradient: with gradus, and
// with what one might use in its place, which is plain Go loops, gonum, NumPy and PyTorch. It
// prints the times as a table in Markdown, below a line about the machine. "go doc ./bench"
// says what each row computes, what each variant is, and how the times are taken.
//
// Usage:
//
//	go run -ldflags=-funcalign=64 ./bench/table [flags]
//
// The flag for the linker lets each function begin at a multiple of 64 bytes. Without it, the same loop
// may take more time in one program than in another, depending on where the linker happens to put it. The
// first line of the output is the command, with the flag if it was given.
//
// The flags are:
//
//	-rows all    what to measure: names of rows with commas between them, as in 1-1-1,product;
//	             width, depth and batch measure how the time grows along these
//	-time 50ms   how long each variant runs in each of its 7 turns
//	-plot ""     file to draw the growth in, .png or .svg
//
// To measure everything takes about two minutes. A bar on stderr shows how far the program has
// come, if stderr is a terminal.
//
// The exit status is 1 if two variants compute different results, and 2 if a flag is wrong.
// (That is the program's; go run prints it and itself exits with 1.)
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
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
)

var about = `Table measures how long it takes to compute a function and its gradient: with
gradus, plain Go loops, gonum, NumPy and PyTorch. It prints a table in Markdown.
To measure everything takes about two minutes. "go doc ./bench" describes the rows.
  rows:    ` + strings.Join(bench.Rows(), " ") + `
  growth:  ` + strings.Join(bench.Growths(), " ")

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// A config is what the flags ask for.
type config struct {
	rows    []string // of the table, and growths
	turn    time.Duration
	plot    string
	args    []string  // the flags as they were written
	watcher io.Writer // sees progress, if it is a terminal
}

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	all := append(bench.Rows(), bench.Growths()...)
	cfg := config{rows: all, turn: 50 * time.Millisecond, args: args, watcher: stderr}
	flags := flag.NewFlagSet("table", flag.ContinueOnError)
	flags.Var(list{&cfg.rows, all}, "rows", "what to measure, rows and growth, as in 1-1-1,width")
	flags.Var((*turn)(&cfg.turn), "time", "how long each variant runs in each of its 7 turns")
	flags.StringVar(&cfg.plot, "plot", "", "`file` to draw width, depth and batch in, .png or .svg")
	return program.Run(flags, about, args, stdout, stderr, func(w io.Writer) error { return run(w, cfg) })
}

// checkPlot finds what would otherwise fail only after everything has been measured.
func (cfg config) checkPlot() error {
	if cfg.plot == "" {
		return nil
	}
	if !slices.ContainsFunc(cfg.rows, isGrowth) {
		return program.Usagef("-plot draws growth, want at least one of %s in -rows",
			strings.Join(bench.Growths(), ", "))
	}
	ending := strings.ToLower(filepath.Ext(cfg.plot))
	if ending != ".png" && ending != ".svg" {
		return program.Usagef("-plot: %s: the ending is %q, want .png or .svg", cfg.plot, ending)
	}
	if err := program.Writable(cfg.plot); err != nil {
		return program.Usagef("-plot: %v", err)
	}
	return nil
}

func isGrowth(row string) bool { return slices.Contains(bench.Growths(), row) }

func run(w io.Writer, cfg config) (err error) {
	if err := cfg.checkPlot(); err != nil {
		return err
	}
	bar := progress.New(cfg.watcher, len(cfg.rows), "")
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
	if _, err := io.WriteString(w, report(cfg, s.Python, timings, curves)); err != nil {
		return err
	}
	if cfg.plot != "" {
		return growth(curves).Save(cfg.plot)
	}
	return nil
}
