package nn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
)

// Save writes the network to a file, as JSON: the version of the format, the architecture, and
// the parameters by neuron, in the shortest decimals that read as the same float64. It writes a
// temporary file in the same folder and renames it, so that at any time the file is, as a
// whole, the old one or the new one.
//
// It returns an error that names the parameter if one is NaN or infinite, which JSON cannot
// hold, and an error if the layers do not fit together, if the file would be larger than
// [Load] reads, or if it cannot be written.
func (m *MLP) Save(name string) error {
	text, err := m.text(largestFile)
	if err != nil {
		return fmt.Errorf("nn: Save: %s: %w", name, err)
	}
	if err := replaceFile(name, text); err != nil {
		return fmt.Errorf("nn: Save: %s: %w", name, err)
	}
	return nil
}

// text returns what Save writes. It does not end with a line end, so that without its last
// byte it is as much an error as without any other.
func (m *MLP) text(largest int) ([]byte, error) {
	f, err := m.file()
	if err != nil {
		return nil, err
	}
	compact, err := seal(&f)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	if err := json.Indent(&text, compact, "", " "); err != nil {
		return nil, err
	}
	if text.Len() > largest {
		return nil, fmt.Errorf("the file would have %d bytes, want at most %d", text.Len(), largest)
	}
	return text.Bytes(), nil
}

// file returns the network as it is saved, but for the checksum.
func (m *MLP) file() (f file[float64], err error) {
	if len(m.Layers) == 0 || len(m.Layers[0].Neurons) == 0 {
		return f, errors.New("the network has no neurons, want one or more")
	}
	f = file[float64]{Format: formatName, Version: formatVersion, Architecture: []int{m.Inputs()}}
	for i, l := range m.Layers {
		layer := fileLayer[float64]{Activation: l.Activation.Name()}
		for k, n := range l.Neurons {
			neuron, err := n.file(layerName(i) + "." + neuronName(k))
			if err != nil {
				return f, err
			}
			layer.Neurons = append(layer.Neurons, neuron)
		}
		f.Layers = append(f.Layers, layer)
		f.Architecture = append(f.Architecture, len(l.Neurons))
	}
	_, err = check(f)
	return f, err
}

func (n *Neuron) file(name string) (f fileNeuron[float64], err error) {
	f = fileNeuron[float64]{Name: name}
	for i, w := range n.W {
		if !finite(w.Data) {
			return f, fmt.Errorf("%s.w%d is %v, want a finite number", name, i+1, w.Data)
		}
		f.Weights = append(f.Weights, w.Data)
	}
	if n.B != nil {
		if !finite(n.B.Data) {
			return f, fmt.Errorf("%s.b is %v, want a finite number", name, n.B.Data)
		}
		f.Bias = &n.B.Data
	}
	return f, nil
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// replaceFile writes the text as a whole or not at all.
func replaceFile(name string, text []byte) error {
	temporary := fmt.Sprintf("%s.%016x", name, rand.Uint64())
	t, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = t.Write(text)
	err = errors.Join(err, t.Sync(), t.Close())
	if err == nil {
		err = os.Rename(temporary, name)
	}
	if err != nil {
		_ = os.Remove(temporary) // the first error is the one to report
	}
	return err
}
