package gpt

import "github.com/gradus-go/gradus/play/internal/written"

// Question asks what the model makes of a name.
type Question struct {
	Settings
	Name, Layer, Head string // a layer and a head are counted from 1
}

// Reading is what the model makes of a name.
type Reading struct {
	Name    string         `json:"name"` // as far as the model reads it
	Note    string         `json:"note"` // says what was changed of it
	Step    int            `json:"step"`
	Nodes   int            `json:"nodes"` // of the graph of the loss
	Loss    written.Number `json:"loss"`
	Layers  int            `json:"layers"`
	Heads   int            `json:"heads"`
	Letters []Letter       `json:"letters"` // one for each prediction
	Looks   []Look         `json:"looks"`   // one for each position
	Pulls   []Pull         `json:"pulls"`   // one for each different token
}

// A Letter is one that the model predicts.
type Letter struct {
	Before      string         `json:"before"` // the tokens that the model has seen
	Letter      string         `json:"letter"`
	Surprise    written.Number `json:"surprise"`
	Probability written.Number `json:"probability"`
	Size        float64        `json:"size"`   // Surprise, to draw
	Likely      []Likely       `json:"likely"` // the tokens with the highest probabilities
}

// A Likely token might come next.
type Likely struct {
	Letter      string         `json:"letter"`
	Probability written.Number `json:"probability"`
}

// A Look says where a head of attention looks from a position: the weights of itself and of those before.
type Look struct {
	Letter  string `json:"letter"`
	Weights []Cell `json:"weights"`
}

// A Pull is the gradient of the loss with respect to the row of a token in the matrix embed.
type Pull struct {
	Letter string         `json:"letter"`
	Cells  []Cell         `json:"cells"`
	Norm   written.Number `json:"norm"` // the length of the row, as a vector
}

// A Cell is a number in a table. Shade, from −1 to 1, says how dark it is drawn, and Mark what stands in it.
type Cell struct {
	written.Number
	Mark  string  `json:"mark"`
	Shade float64 `json:"shade"`
}
