package network

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/ticks"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/play/internal/written"
)

// A Snapshot is what the page draws of a network. Bytes go over in base64. A byte of 128 stands for 0,
// less for negative and more for positive numbers.
type Snapshot struct {
	More     bool             `json:"more,omitempty"` // whether training can go on
	Epoch    int              `json:"epoch"`          // that are over
	Progress string           `json:"progress"`
	Loss     written.Number   `json:"loss"`
	Total    written.Number   `json:"total"` // with the L2 term
	Right    string           `json:"right"`
	Weights  []byte           `json:"weights"` // levels, of the weights that are drawn, in the order of edges
	Grads    []byte           `json:"grads"`
	Norms    []written.Number `json:"norms"` // ‖∂L/∂W‖ of each layer
	Field    []byte           `json:"field"` // the scores in the picture, row by row from above
	Curve    Plot             `json:"curve"`
	Maps     [][]byte         `json:"maps,omitempty"` // what each hidden neuron that is drawn computes
	Neuron   *Neuron          `json:"neuron,omitempty"`
	Failed   string           `json:"failed,omitempty"` // a sentence that says why training has ended
	Cures    []Cure           `json:"cures,omitempty"`

	finite bool // whether the loss is
}

// A Neuron is a neuron with its numbers.
type Neuron struct {
	Name string `json:"name"`
	Rows []Row  `json:"rows"`
	Left int    `json:"left"` // how many weights are left out
}

// A Row has a weight or a bias, and its gradient.
type Row struct {
	Name string         `json:"name"`
	Data written.Number `json:"data"`
	Grad written.Number `json:"grad"`
}

// snapshot returns what there is to draw.
func (n *session) snapshot() *Snapshot {
	n.program.Load()
	outputs := n.batch.GradMean(n.samples)
	s := &Snapshot{Epoch: n.at.Epoch, More: n.fail == nil, Progress: "before the first step"}
	if n.at.Epoch > 0 && n.at.Epoch == n.config.stop && n.at.Batch == n.at.Batches {
		s.More = false
	}
	loss, right := mean(outputs), 0
	n.curve.add(n.epochs(), loss)
	for i, p := range n.points {
		if score := n.score(outputs[2*i+1]); score > 0 == p.Positive && score != 0 {
			right++
		}
	}
	s.finite = finite.All(loss)
	s.Loss, s.Total = written.Of(loss), written.Of(n.total(loss))
	s.Right = fmt.Sprintf("%d of %d", right, len(n.points))
	if n.at.Epoch > 0 {
		s.Progress = fmt.Sprintf("epoch %d", n.at.Epoch)
	}
	if n.at.Batch < n.at.Batches {
		s.Epoch--
		s.Progress += fmt.Sprintf(", batch %d of %d", n.at.Batch, n.at.Batches)
	}
	data, grad := n.program.Numbers(), n.program.Gradient()
	s.Weights, s.Grads = n.levels(data, linear), n.levels(grad, logarithmic)
	for _, layer := range n.places {
		size := norm(grad, layer)
		s.Norms = append(s.Norms, written.Number{Text: fmt.Sprintf("%.2g", size), Exact: written.Of(size).Exact})
	}
	s.Neuron = n.neuron()
	outputs = n.batch.Forward(n.grid)
	for i := 1; i < len(outputs); i += 2 {
		s.Field = append(s.Field, shade(n.score(outputs[i])))
	}
	s.Curve = n.curve.plot()
	if n.neurons != nil {
		s.Maps = n.neurons.maps()
	}
	return s
}

// shade returns a number from −1 to 1 as a byte. NaN counts as 0.
func shade(x float64) byte {
	if math.IsNaN(x) {
		x = 0
	}
	return byte(128 + math.Round(127*x))
}

// levels returns the numbers of the weights that are drawn, each as one of the nine levels that scale
// gives it.
func (n *session) levels(numbers []float64, scale func(share float64) float64) []byte {
	largest := math.SmallestNonzeroFloat64
	for _, i := range n.edges {
		largest = max(largest, math.Abs(numbers[i]))
	}
	levels := make([]byte, len(n.edges))
	for k, i := range n.edges {
		level := 0.0
		if numbers[i] != 0 {
			level = math.Copysign(max(1, math.Round(scale(math.Abs(numbers[i])/largest))), numbers[i])
		}
		levels[k] = byte(128 + level)
	}
	return levels
}

func linear(share float64) float64      { return 9 * share }
func logarithmic(share float64) float64 { return 9 + 2*math.Log10(share) } // a level is a factor of 3.2

func norm(x []float64, places []int32) float64 {
	all := make([]float64, len(places))
	for i, place := range places {
		all[i] = x[place]
	}
	return floats.Norm(all, 2)
}

// neuron returns the neuron that is watched.
func (n *session) neuron() *Neuron {
	layer, unit := n.watched[0], n.watched[1]
	if layer < 1 || layer > len(n.net.Layers) || unit < 1 || unit > len(n.net.Layers[layer-1].Neurons) {
		return nil
	}
	const most = 24
	all := n.net.Layers[layer-1].Neurons[unit-1].Params()
	shown := &Neuron{Name: fmt.Sprintf("layer%d.neuron%d", layer, unit), Left: max(0, len(all)-1-most)}
	for i := range all {
		if i >= most && i < len(all)-1 {
			continue
		}
		place := n.places[layer-1][(unit-1)*len(all)+i]
		data, grad := n.program.Numbers()[place], n.program.Gradient()[place]
		row := Row{fmt.Sprintf("w%d", i+1), written.Of(data), written.Of(grad)}
		if i == len(all)-1 {
			row.Name = "b"
		}
		shown.Rows = append(shown.Rows, row)
	}
	return shown
}

// drawn returns which units of each layer are drawn, the inputs first: all, or the first few of many.
func drawn(net *nn.MLP) (shown []int) {
	const most, few = 10, 8
	shown = append(shown, net.Inputs())
	for _, l := range net.Layers {
		units := len(l.Neurons)
		if units > most {
			units = few
		}
		shown = append(shown, units)
	}
	return shown
}

// find notes where the parameters are in the program: those of each layer, and the weights that are drawn.
func (n *session) find() {
	for l, layer := range n.net.Layers {
		var places []int32
		for _, p := range layer.Params() {
			places = append(places, int32(n.program.Index(p)))
		}
		n.places = append(n.places, places)
		per := len(places) / len(layer.Neurons)
		for k := range n.shown[l+1] {
			for j := range n.shown[l] {
				n.edges = append(n.edges, places[k*per+j])
			}
		}
	}
}

// A Plot is the curve of the losses as the page draws it: places are shares of the width and of the height.
type Plot struct {
	X      []float64 `json:"x"`
	Y      []float64 `json:"y"`
	XTicks []Tick    `json:"xticks"`
	YTicks []Tick    `json:"yticks"`
}

// A Tick is a number on an axis.
type Tick struct {
	At   float64 `json:"at"`
	Text string  `json:"text"`
}

func (c *curve) plot() (p Plot) {
	var right, top float64
	p.XTicks, right = scale(max(10, c.epochs[len(c.epochs)-1]))
	p.YTicks, top = scale(max(1e-300, floats.Max(c.losses)))
	for i := range c.epochs {
		p.X = append(p.X, math.Round(1e4*c.epochs[i]/right)/1e4)
		p.Y = append(p.Y, math.Round(1e4*c.losses[i]/top)/1e4)
	}
	return p
}

// scale returns about five round numbers from 0 to at least x, and the end of the axis.
func scale(x float64) (all []Tick, end float64) {
	step, _ := ticks.Step(x / 4)
	n := math.Ceil(x/step - 1e-9)
	for i := range int(n) + 1 {
		all = append(all, Tick{float64(i) / n, written.Of(float64(i) * step).Text})
	}
	return all, n * step
}
