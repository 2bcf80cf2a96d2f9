// Package steps writes down all that another program needs to train the same network in the same
// way, and the losses that it should get.
package steps

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// An Export is written as JSON, whose decimals read as the same float64.
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

// A Layer has the initial weights.
type Layer struct {
	Activation string      `json:"activation"`
	Weights    [][]float64 `json:"weights"` // a row for each unit
	Biases     []float64   `json:"biases"`  // null if there are none
}

// A Step is one of the optimiser.
type Step struct {
	Images []int   `json:"images"` // of the batch: where they are in their file, from 0
	Rate   float64 `json:"rate"`
	Loss   float64 `json:"loss"` // the mean over the batch, before the step
}

// New returns the network as it is, without steps. Images says for each row of the data where it
// is in its file.
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

// Save writes it into a file. It returns an error that names the file.
func (e *Export) Save(file string) error {
	text, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return os.WriteFile(file, append(text, '\n'), 0o666)
}
