package steps

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// An Export is written as JSON, with enough digits that every float64 can be read exactly.
type Export struct {
	Data    string     `json:"data"` // the folder of the images, "" for the embedded ones
	Layers  []Layer    `json:"layers"`
	Betas   [2]float64 `json:"betas"` // of AdamW
	Epsilon float64    `json:"epsilon"`
	Decay   float64    `json:"decay"`
	Steps   []Step     `json:"steps"`

	rate   optim.Rate
	images []int
}

// A Layer holds the initial weights and biases of a layer.
type Layer struct {
	Activation string      `json:"activation"`
	Weights    [][]float64 `json:"weights"` // a row for each unit
	Biases     []float64   `json:"biases"`  // null if there are none
}

// A Step is a step of the optimiser.
type Step struct {
	Images []int   `json:"images"` // the batch, as the places of its images in their file, from 0
	Rate   float64 `json:"rate"`
	Loss   float64 `json:"loss"` // the mean over the batch, before the step
}

// New returns an export of the network as it is, without steps yet. The list images holds, for each
// row of the training data, the place of the image in its file.
func New(net *nn.MLP, adam *optim.Adam, data string, images []int) *Export {
	e := &Export{
		Data: data, Betas: [2]float64{adam.Beta1, adam.Beta2}, Epsilon: adam.Epsilon,
		Decay: adam.WeightDecay, Steps: []Step{}, rate: adam.Rate, images: images,
	}
	for _, l := range net.Layers {
		layer := Layer{Activation: l.Activation.Name()}
		for _, n := range l.Neurons {
			var row []float64
			for _, w := range n.W {
				row = append(row, w.Data)
			}
			layer.Weights = append(layer.Weights, row)
			if n.B != nil {
				layer.Biases = append(layer.Biases, n.B.Data)
			}
		}
		e.Layers = append(e.Layers, layer)
	}
	return e
}

// Add adds a step.
func (e *Export) Add(s train.State) {
	step := Step{Rate: e.rate(len(e.Steps)), Loss: s.Loss, Images: slices.Clone(s.Samples)}
	for i, row := range s.Samples {
		step.Images[i] = e.images[row]
	}
	e.Steps = append(e.Steps, step)
}

// Save writes the export into a file. Its errors name the file.
func (e *Export) Save(file string) error {
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return wholefile.Write(file, append(text, '\n'))
}
