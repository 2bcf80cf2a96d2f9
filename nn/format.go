package nn

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
)

const (
	formatName    = "gradus mlp"
	formatVersion = 1
)

// A file is the contents of a file that holds a network. The parameters are float64 when it is
// written. When it is read they are text at first, so that an error can name the one that is no
// number.
type file[number any] struct {
	Format       string              `json:"format"`
	Version      int                 `json:"version"`
	Architecture []int               `json:"architecture"` // the number of inputs, then of each layer's units
	Layers       []fileLayer[number] `json:"layers"`
	SHA256       string              `json:"sha256"` // of the file without spaces and with "" in this place
}

type fileLayer[number any] struct {
	Activation string               `json:"activation"`
	Neurons    []fileNeuron[number] `json:"neurons"`
}

type fileNeuron[number any] struct {
	Name    string   `json:"name"`
	Weights []number `json:"weights"`
	Bias    *number  `json:"bias"` // null if there is none
}

// seal sets the checksum and returns the file as text without spaces.
func seal(f *file[float64]) ([]byte, error) {
	f.SHA256 = ""
	text, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	f.SHA256 = hex.EncodeToString(sum[:])
	return append(text[:len(text)-len(`"}`)], f.SHA256+`"}`...), nil
}

// parse turns the parameters of a file from text into numbers.
func parse(f file[json.RawMessage]) (g file[float64], err error) {
	g = file[float64]{f.Format, f.Version, f.Architecture, nil, f.SHA256}
	for i, l := range f.Layers {
		layer := fileLayer[float64]{Activation: l.Activation}
		for k, n := range l.Neurons {
			neuron, err := parseNeuron(n)
			if err != nil {
				return g, fmt.Errorf("layers[%d].neurons[%d].%w", i, k, err)
			}
			layer.Neurons = append(layer.Neurons, neuron)
		}
		g.Layers = append(g.Layers, layer)
	}
	return g, nil
}

func parseNeuron(n fileNeuron[json.RawMessage]) (fileNeuron[float64], error) {
	parsed := fileNeuron[float64]{Name: n.Name, Weights: make([]float64, len(n.Weights))}
	for j, w := range n.Weights {
		if err := parseNumber(&parsed.Weights[j], w); err != nil {
			return parsed, fmt.Errorf("weights[%d] %w", j, err)
		}
	}
	if n.Bias != nil {
		parsed.Bias = new(float64)
		if err := parseNumber(parsed.Bias, *n.Bias); err != nil {
			return parsed, fmt.Errorf("bias %w", err)
		}
	}
	return parsed, nil
}

func parseNumber(x *float64, text json.RawMessage) (err error) {
	if *x, err = strconv.ParseFloat(string(text), 64); err != nil {
		return fmt.Errorf("is %.40s, want a finite number", text)
	}
	return nil
}

// check returns the parameters in their order, or an error if a part of the file does not fit
// the others.
func check(f file[float64]) (params []float64, err error) {
	if got, want := len(f.Architecture), len(f.Layers)+1; got != want || got < 2 {
		return nil, fmt.Errorf(
			"architecture has %d numbers, want %d: one more than there are layers, and at least 2",
			got, want)
	}
	if f.Architecture[0] < 1 {
		return nil, fmt.Errorf("architecture[0] is %d, want at least 1", f.Architecture[0])
	}
	for i, l := range f.Layers {
		if got, want := len(l.Neurons), f.Architecture[i+1]; got != want || got < 1 {
			return nil, fmt.Errorf(
				"layers[%d].neurons has %d entries, want architecture[%d] = %d, and at least 1",
				i, got, i+1, want)
		}
		for k, n := range l.Neurons {
			at := fmt.Sprintf("layers[%d].neurons[%d]", i, k)
			if want := layerName(i) + "." + neuronName(k); n.Name != want {
				return nil, fmt.Errorf("%s.name is %.40q, want %q", at, n.Name, want)
			}
			if got, want := len(n.Weights), f.Architecture[i]; got != want {
				return nil, fmt.Errorf("%s.weights has %d numbers, want architecture[%d] = %d",
					at, got, i, want)
			}
			params = append(params, n.Weights...)
			if n.Bias != nil {
				params = append(params, *n.Bias)
			}
		}
	}
	return params, nil
}

// checkText returns an error if the text is not what Save writes for f, spaces aside. After it,
// the text cannot contain anything that was not checked, such as a key that occurs twice.
func checkText(text []byte, f file[float64]) error {
	sum := f.SHA256
	want, err := seal(&f)
	if err != nil {
		return err
	}
	if sum != f.SHA256 {
		return fmt.Errorf("sha256 is %.64q, want %q: the file was edited or damaged",
			sum, f.SHA256)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text); err != nil {
		return err
	}
	got, from := compact.Bytes(), 0
	if bytes.Equal(got, want) {
		return nil
	}
	for got[from] == want[from] {
		from++
	}
	from = max(0, from-20)
	return fmt.Errorf("there is %#.40q where Save writes %#.40q", got[from:], want[from:])
}
