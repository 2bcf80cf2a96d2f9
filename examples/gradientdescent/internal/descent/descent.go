package descent

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// A Descent trains a network with one sample, by gradient descent on its error.
type Descent struct {
	Program *replay.Program // computes the error E and the outputs
	Input   []float64
	Target  []float64
}

// New records the sum of squared errors of a network for a sample. Its error is that of Record.
func New(net *nn.MLP, x, yTrue []float64) (*Descent, error) {
	inputs, targets := gradus.Values(x), gradus.Values(yTrue)
	y := net.Forward(inputs...)
	E := nn.SumSquaredErrors(y, targets)
	recorder := replay.Recorder{Inputs: append(inputs, targets...), Params: net.Params()}
	p, err := recorder.Record(append([]*gradus.Value{E}, y...)...)
	return &Descent{p, x, yTrue}, err
}

// Forward returns the error. [Descent.Outputs] returns the outputs that belong to it.
func (d *Descent) Forward() (E float64) {
	return d.Program.Forward(append(d.Input[:len(d.Input):len(d.Input)], d.Target...)...)
}

// Outputs returns the outputs of the last Forward.
func (d *Descent) Outputs() (y []float64) {
	for i := range d.Target {
		y = append(y, d.Program.Output(i+1))
	}
	return y
}

// off returns the largest distance of an output from its target.
func (d *Descent) off() (worst float64) {
	for i, y := range d.Outputs() {
		worst = max(worst, math.Abs(y-d.Target[i]))
	}
	return worst
}

// A Course records a descent: the error, and the largest distance of an output from its target, before
// every iteration and after the last one.
type Course struct{ Errors, Offs []float64 }

// Iterations returns the number of iterations after which every output was nearer to its target than
// within. If there is none, it says so, as in "not in 100" or "overflow at 3".
func (c Course) Iterations(within float64) string {
	last := len(c.Errors) - 1
	switch i := c.Arrival(within); {
	case i >= 0:
		return fmt.Sprint(i)
	case !finite.All(c.Errors[last]):
		return fmt.Sprintf("overflow at %d", last)
	}
	return fmt.Sprintf("not in %d", len(c.Errors)-1)
}

// Arrival returns the number of iterations after which every output was nearer to its target than
// within, or -1 if that never happened.
func (c Course) Arrival(within float64) int {
	return slices.IndexFunc(c.Offs, func(off float64) bool { return off < within })
}

// Fate says how a descent ended: as [Course.Iterations] does if the outputs arrived or overflowed,
// otherwise "oscillates", "stands still" or "falls to" the last error.
func (c Course) Fate(within float64) string {
	last := len(c.Errors) - 1
	if c.Arrival(within) >= 0 || !finite.All(c.Errors[last]) {
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

// Run begins with the network's weights and descends until every output is nearer to its target than
// within, until the error is no longer finite, or for at most this number of steps. If terminal is
// one, it shows a progress bar.
func (d *Descent) Run(rate, within float64, steps int, terminal io.Writer) (c Course) {
	bar := progress.New(terminal, steps, fmt.Sprintf("learning rate %-6v", rate))
	defer func() { _ = bar.Finish() }()
	d.Program.Load()
	for step := 0; ; step++ {
		E, off := d.Forward(), d.off()
		c.Errors, c.Offs = append(c.Errors, E), append(c.Offs, off)
		if !finite.All(E) || off < within || step == steps {
			return c
		}
		d.Program.Descend(rate)
		_ = bar.Add(1)
	}
}

// Curve returns a series of every n-th number, without those that a logarithmic axis cannot show.
func Curve(n int, name string, numbers []float64) chart.Series {
	s := chart.Series{Name: name}
	for i, y := range numbers {
		if i%n == 0 && y > 0 && !math.IsInf(y, 0) {
			s.Add(float64(i), y)
		}
	}
	return s
}
