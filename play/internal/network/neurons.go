package network

import (
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/plane"
	"github.com/gradus-go/gradus/replay"
)

// cells returns how many places a side of a picture has that a network of so many parameters computes in a
// few milliseconds.
func cells(params int) int {
	return max(12, min(48, int(math.Sqrt(2e6/float64(params)))))
}

// grid returns the centres of cells by cells parts of the picture, row by row from above, each followed
// by zeros, so that it has width numbers.
func grid(v plane.Square, cells, width int) (numbers []float64) {
	for i := range cells {
		for j := range cells {
			x, y := v.At((float64(j)+0.5)/float64(cells), (float64(i)+0.5)/float64(cells))
			numbers = append(append(numbers, x, y), make([]float64, width-2)...)
		}
	}
	return numbers
}

// neurons computes what each hidden neuron that is drawn makes of the plane.
type neurons struct {
	program *replay.Program
	batch   *replay.Batch
	grid    []float64
	units   int
	zero    float64 // what a neuron computes on its own boundary, z = 0
}

const mapCells, mostMapped = 16, 30_000 // parameters

// newNeurons returns nil if there are no hidden neurons, or if the network is too large.
func (n *session) newNeurons() (*neurons, error) {
	if len(n.hidden) == 0 || len(n.program.Params()) > mostMapped {
		return nil, nil
	}
	m := &neurons{grid: grid(n.view, mapCells, 2)}
	x := gradus.Values([]float64{0, 0})
	var outputs []*gradus.Value
	for l, units := range n.net.Trace(x...)[:len(n.hidden)] {
		outputs = append(outputs, units.A[:n.shown[l+1]]...)
	}
	m.units, m.zero = len(outputs), n.act.Apply(gradus.New(0)).Data
	var err error
	m.program, err = replay.Recorder{Inputs: x, Params: n.net.Params()}.Record(outputs...)
	if err == nil {
		m.batch = m.program.Batch(len(m.grid)/2, 1)
	}
	return m, err
}

// maps returns a picture for each neuron. Its extremes are as far from 0 as the largest number in it.
func (m *neurons) maps() (all [][]byte) {
	m.program.Load()
	outputs, n := m.batch.Forward(m.grid), m.units
	for k := range n {
		largest := math.SmallestNonzeroFloat64
		for i := k; i < len(outputs); i += n {
			largest = max(largest, math.Abs(outputs[i]-m.zero))
		}
		picture := make([]byte, 0, len(outputs)/n)
		for i := k; i < len(outputs); i += n {
			picture = append(picture, shade((outputs[i]-m.zero)/largest))
		}
		all = append(all, picture)
	}
	return all
}
