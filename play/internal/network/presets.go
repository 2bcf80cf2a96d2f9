package network

import (
	_ "embed" // for what the page offers
	"encoding/json"
)

// offered is what the page offers: presets, each with one sentence that says what to see, and the choices
// of the settings that are lists.
//
//go:embed options.json
var offered []byte

func options(struct{}) (json.RawMessage, error) { return offered, nil }

// moonsSettings are the defaults of examples/moons.
var moonsSettings = Settings{
	Data: "moons", N: "100", Noise: "0.1", Hidden: "16 16", Act: "ReLU", Init: "Uniform(-1, 1)", Loss: "Hinge",
	Momentum: "0", Rate: "1", Fall: "100", L2: "0.0001", Seed: "2", Stop: "100",
}
