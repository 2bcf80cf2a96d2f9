package network

import (
	_ "embed" // for what the page offers
	"encoding/json"
	"slices"

	"github.com/gradus-go/gradus/nn"
)

// offered is what the page offers, but for the activations without a number.
//
//go:embed options.json
var offered []byte

// An offer has presets, each with one sentence that says what to see, and the choices of the settings that
// are lists.
type offer struct {
	Presets json.RawMessage     `json:"presets"`
	Choices map[string][]choice `json:"choices"`
}

type choice struct {
	Value string `json:"value"`
	Text  string `json:"text"`
}

func options(struct{}) (o offer, err error) {
	err = json.Unmarshal(offered, &o)
	var named []choice
	for _, a := range nn.Activations() {
		named = append(named, choice{a.Name(), a.Name()})
	}
	if err == nil {
		o.Choices["act"] = slices.Concat(named, o.Choices["act"])
	}
	return o, err
}

// moonsSettings are the defaults of examples/moons.
var moonsSettings = Settings{
	Data: "moons", N: "100", Noise: "0.1", Hidden: "16 16", Act: "ReLU", Init: "Uniform(-1, 1)", Loss: "Hinge",
	Momentum: "0", Rate: "1", Fall: "100", L2: "0.0001", Seed: "2", Stop: "100",
}
