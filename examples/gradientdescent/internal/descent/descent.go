package descent

import (
	"context"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// A Descent trains a network with one sample, by gradient descent on its error. To record a large
// network takes as long as a thousand iterations. A Descent is therefore used again with other inputs,
// with other constants, and with other initial weights.
type Descent struct {
	Net       *nn.MLP
	Program   *replay.Program // computes the error E and the outputs
	Input     []float64
	Target    []float64
	Constants []float64

	inputs []float64 // of the last Forward
	places [][]int   // of each layer's parameters in those of the program
}

// New records the sum of squared errors of a network, whose parameters must have names, for a sample.
// The constants are Values, such as
// a constant in the activation, to which the Descent can give other numbers later. The error is that
// of Record.
func New(net *nn.MLP, x, yTrue []float64, constants ...*gradus.Value) (*Descent, error) {
	inputs, targets := gradus.Values(x), gradus.Values(yTrue)
	y := net.Forward(inputs...)
	E := nn.SumSquaredErrors(y, targets)
	recorder := replay.Recorder{Inputs: slices.Concat(inputs, targets, constants)}
	p, err := recorder.Record(append([]*gradus.Value{E}, y...)...)
	d := &Descent{Net: net, Program: p, Input: x, Target: yTrue}
	for _, c := range constants {
		d.Constants = append(d.Constants, c.Data)
	}
	return d, err
}

// Forward returns the error. [Descent.Outputs] returns the outputs that belong to it.
func (d *Descent) Forward() (E float64) {
	d.inputs = append(append(append(d.inputs[:0], d.Input...), d.Target...), d.Constants...)
	return d.Program.Forward(d.inputs...)
}

// Gradients returns the gradients of each layer at the network's weights, in the order of the layer's
// parameters.
func (d *Descent) Gradients() (layers [][]float64) {
	d.Program.Load()
	d.Forward()
	d.Program.Backward()
	if d.places == nil {
		d.place()
	}
	g := d.Program.Gradient()
	for _, places := range d.places {
		layer := make([]float64, len(places))
		for i, place := range places {
			layer[i] = g[place]
		}
		layers = append(layers, layer)
	}
	return layers
}

// place finds the places of the parameters of each layer.
func (d *Descent) place() {
	for _, l := range d.Net.Layers {
		var places []int
		for _, n := range l.Neurons {
			for _, v := range n.Params() {
				places = append(places, d.Program.Index(v))
			}
		}
		d.places = append(d.places, places)
	}
}

// Redraw gives the network new initial weights and biases. It draws them in the order in which
// [nn.NewMLP] does.
func (d *Descent) Redraw(rng *rand.Rand, draw nn.Init) {
	for _, l := range d.Net.Layers {
		for _, n := range l.Neurons {
			for _, v := range n.Params() {
				v.Data = draw(rng, l.Inputs(), len(l.Neurons))
			}
		}
	}
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

// Until returns the course up to the iteration after which every output was nearer to its target than
// within: all of it if there is none.
func (c Course) Until(within float64) Course {
	if i := c.Arrival(within); i >= 0 {
		return Course{c.Errors[:i+1], c.Offs[:i+1]}
	}
	return c
}

// Fate says how a descent ended: as [Course.Iterations] does if the outputs arrived or overflowed,
// otherwise "oscillates", "stands still after 300" iterations, or "E = 0.5 after 300", where 0.5 is the
// last error.
func (c Course) Fate(within float64) string {
	last := len(c.Errors) - 1
	if c.Arrival(within) >= 0 || !finite.All(c.Errors[last]) {
		return c.Iterations(within)
	}
	end := c.Errors[max(0, last-window):]
	rises := 0
	for i := range end[1:] {
		if end[i+1] > end[i] {
			rises++
		}
	}
	switch {
	case rises > len(end)/10:
		return "oscillates"
	case c.standsStill():
		return fmt.Sprintf("stands still after %d", last)
	}
	return fmt.Sprintf("E = %.6g after %d", c.Errors[last], last)
}

// window is how many iterations decide whether an error oscillates or stands still.
const window = 100

// patience is after how many iterations a run may end because the error stands still.
const patience = 300

// standsStill reports whether the error has changed by less than a millionth of itself in the last 100
// iterations.
func (c Course) standsStill() bool {
	last := len(c.Errors) - 1
	before := c.Errors[max(0, last-window)]
	return math.Abs(before-c.Errors[last]) < 1e-6*before
}

// Run begins with the network's weights and descends until every output is nearer to its target than
// within, until the error is no longer finite, or for at most this number of steps. A run that should
// arrive also ends if, after 300 steps or later, the error has stood still for 100. If terminal is
// one, Run shows a progress bar. The error is that of the context, when that has ended.
func (d *Descent) Run(
	ctx context.Context, rate, within float64, steps int, terminal io.Writer,
) (c Course, err error) {
	bar := progress.New(terminal, steps, fmt.Sprintf("learning rate %-6v", rate))
	defer func() { _ = bar.Finish() }()
	d.Program.Load()
	for step := 0; ; step++ {
		if err := ctx.Err(); err != nil {
			return c, err
		}
		E, off := d.Forward(), d.off()
		c.Errors, c.Offs = append(c.Errors, E), append(c.Offs, off)
		arrived, ended := off < within, !finite.All(E) || step == steps
		if arrived || ended || within > 0 && step >= patience && c.standsStill() {
			return c, nil
		}
		d.Program.Descend(rate)
		_ = bar.Add(1)
	}
}

// Curve returns the errors of a course by iteration, without those that a logarithmic axis cannot
// show. Iteration 0 is among these if the axis of iterations is logarithmic.
func (c Course) Curve(name string, iterations chart.Axis) chart.Series {
	s := chart.Series{Name: name}
	for i, E := range c.Errors {
		if E > 0 && !math.IsInf(E, 0) && (i > 0 || !iterations.Log) {
			s.Add(float64(i), E)
		}
	}
	return s
}

// Norm returns the Euclidean norm of a gradient.
func Norm(g []float64) float64 { return floats.Norm(g, 2) }

// Cosine returns the cosine of the angle between two gradients.
func Cosine(a, b []float64) float64 { return floats.Dot(a, b) / Norm(a) / Norm(b) }
