// Package descent is gradient descent on the error of one sample, and the way that it takes.
package descent

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// A Descent is gradient descent on the error of one sample.
type Descent struct {
	Program *replay.Program // returns E and the outputs
	Input   []float64
	Target  []float64
}

// New records the sum of squared errors of a network for a sample.
func New(net *nn.MLP, x, yTrue []float64) (*Descent, error) {
	inputs, targets := gradus.Values(x), gradus.Values(yTrue)
	y := net.Forward(inputs...)
	E := nn.SumSquaredErrors(y, targets)
	recorder := replay.Recorder{Inputs: append(inputs, targets...), Params: net.Params()}
	p, err := recorder.Record(append([]*gradus.Value{E}, y...)...)
	return &Descent{p, x, yTrue}, err
}

// Forward returns the error, and leaves the outputs in the program.
func (d *Descent) Forward() (E float64) {
	return d.Program.Forward(append(d.Input[:len(d.Input):len(d.Input)], d.Target...)...)
}

// Outputs returns the outputs as of the last Forward.
func (d *Descent) Outputs() (y []float64) {
	for i := range d.Target {
		y = append(y, d.Program.Output(i+1))
	}
	return y
}

// off returns how far the worst output is from its target.
func (d *Descent) off() (worst float64) {
	for i, y := range d.Outputs() {
		worst = max(worst, math.Abs(y-d.Target[i]))
	}
	return worst
}

// A Course is the way that a descent took: before every iteration and after the last, the
// error and how far the worst output was from its target.
type Course struct{ Errors, Offs []float64 }

// Iterations says how many it took to be nearer than within, or why there is no such number.
func (c Course) Iterations(within float64) string {
	last := len(c.Errors) - 1
	switch i := c.Arrival(within); {
	case i >= 0:
		return fmt.Sprint(i)
	case !finite(c.Errors[last]):
		return fmt.Sprintf("overflow at %d", last)
	}
	return fmt.Sprintf("not in %d", len(c.Errors)-1)
}

// Arrival returns after how many iterations every output was nearer to its target than within,
// -1 for never.
func (c Course) Arrival(within float64) int {
	return slices.IndexFunc(c.Offs, func(off float64) bool { return off < within })
}

// Fate says in a word or two what became of a descent.
func (c Course) Fate(within float64) string {
	last := len(c.Errors) - 1
	if c.Arrival(within) >= 0 || !finite(c.Errors[last]) {
		return c.Iterations(within)
	}
	end := c.Errors[max(0, last-100):]
	rises := 0
	for i := range end[1:] {
		if end[i+1] > end[i] {
			rises++
		}
	}
	switch {
	case rises > len(end)/10:
		return "oscillates"
	case end[0]-end[len(end)-1] < 1e-6*end[0]:
		return "stands still"
	}
	return fmt.Sprintf("falls to %.4g", c.Errors[last])
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// Run descends from the network's weights until every output is nearer to its target than
// within, or for so many steps at most. A watcher with a terminal sees how far it is.
func (d *Descent) Run(rate, within float64, most int, watcher io.Writer) (c Course) {
	bar := progress.New(watcher, most, fmt.Sprintf("learning rate %-6v", rate))
	defer func() { _ = bar.Finish() }() // arrived
	d.Program.Load()
	for step := 0; ; step++ {
		E, off := d.Forward(), d.off()
		c.Errors, c.Offs = append(c.Errors, E), append(c.Offs, off)
		if !finite(E) || off < within || step == most {
			return c
		}
		d.Program.Descend(rate)
		_ = bar.Add(1)
	}
}

// Curve returns the curve of every n-th number, as far as it can be seen on a logarithmic axis.
func Curve(n int, name string, numbers []float64) chart.Series {
	s := chart.Series{Name: name}
	for i, y := range numbers {
		if i%n == 0 && y > 0 && !math.IsInf(y, 0) {
			s.Add(float64(i), y)
		}
	}
	return s
}
