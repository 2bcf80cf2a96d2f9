package main

import (
	"fmt"
	"io"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/progress"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// newNetwork returns one of the text's layers, for instance 2, 3, 3, 2: all weights, and the
// biases, which are weights on a constant 1, come from the same draw, row by row.
func newNetwork(seed uint32, phi nn.Activation, draw nn.Init, layers ...int) *nn.MLP {
	like := nn.Dense{Activation: phi, Init: draw, BiasInit: draw}
	return nn.NewMLP(numpyRandom(seed), layers[0], nn.Stack(like, layers[1:]...)...)
}

// rand01 is what np.random.rand draws from.
var rand01 = nn.Uniform(0, 1)

// A descent is gradient descent on the error of one sample.
type descent struct {
	program *replay.Program // returns E and the outputs
	input   []float64
	target  []float64
}

func newDescent(net *nn.MLP, x, yTrue []float64) (*descent, error) {
	inputs, targets := gradus.Values(x), gradus.Values(yTrue)
	y := net.Forward(inputs...)
	E := nn.SumSquaredErrors(y, targets)
	recorder := replay.Recorder{Inputs: append(inputs, targets...), Params: net.Params()}
	p, err := recorder.Record(append([]*gradus.Value{E}, y...)...)
	return &descent{p, x, yTrue}, err
}

// forward returns the error, and leaves the outputs in the program.
func (d *descent) forward() (E float64) {
	return d.program.Forward(append(d.input[:len(d.input):len(d.input)], d.target...)...)
}

// y returns the outputs as of the last forward.
func (d *descent) y() (y []float64) {
	for i := range d.target {
		y = append(y, d.program.Output(i+1))
	}
	return y
}

// off returns how far the worst output is from its target.
func (d *descent) off() (worst float64) {
	for i, y := range d.y() {
		worst = max(worst, math.Abs(y-d.target[i]))
	}
	return worst
}

// A course is the way that a descent took: before every iteration and after the last, the
// error and how far the worst output was from its target.
type course struct{ errors, offs []float64 }

// iterations says how many it took to be nearer than within, or why there is no such number.
func (c course) iterations(within float64) string {
	last := len(c.errors) - 1
	switch i := c.arrival(within); {
	case i >= 0:
		return fmt.Sprint(i)
	case !finite(c.errors[last]):
		return fmt.Sprintf("overflow at %d", last)
	}
	return fmt.Sprintf("not in %d", len(c.errors)-1)
}

// arrival returns after how many iterations every output was nearer to its target than within,
// -1 for never.
func (c course) arrival(within float64) int {
	return slices.IndexFunc(c.offs, func(off float64) bool { return off < within })
}

// fate says in a word or two what became of a descent.
func (c course) fate(within float64) string {
	last := len(c.errors) - 1
	if c.arrival(within) >= 0 || !finite(c.errors[last]) {
		return c.iterations(within)
	}
	end := c.errors[max(0, last-100):]
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
	return fmt.Sprintf("falls to %.4g", c.errors[last])
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// run descends from the network's weights until every output is nearer to its target than
// within, or for so many steps at most. A watcher with a terminal sees how far it is.
func (d *descent) run(rate, within float64, most int, watcher io.Writer) (c course) {
	bar := progress.New(watcher, most, fmt.Sprintf("learning rate %-6v", rate))
	defer func() { _ = bar.Finish() }() // arrived
	d.program.Load()
	for step := 0; ; step++ {
		E, off := d.forward(), d.off()
		c.errors, c.offs = append(c.errors, E), append(c.offs, off)
		if !finite(E) || off < within || step == most {
			return c
		}
		d.program.Descend(rate)
		_ = bar.Add(1)
	}
}
