package nn

import (
	"errors"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/internal/wholefile"
)

// Save writes the network to the file of that name, as JSON: the version of the format, the
// architecture, and the parameters of each neuron, in the shortest decimals that read as the
// same float64. It writes a temporary file in the same folder first and then renames it.
// Therefore, whatever happens, the file has either its old contents or all of the new ones.
//
// It returns an error that names the parameter if one is NaN or infinite, since JSON has no
// such numbers, or two places if the same Value is in both, since Load would make two parameters of
// it; [SaveParams] saves such a network. It also returns an error if [MLP.Check] does, if the file would
// be larger than [Load] accepts, or if the file cannot be written.
func (m *MLP) Save(name string) error {
	text, err := m.text(largestFile)
	return write("Save", name, text, err)
}

// write writes the file, unless there is an error already.
func write(who, name string, text []byte, err error) error {
	if err == nil {
		err = wholefile.Write(name, text)
	}
	if err != nil {
		err = fmt.Errorf("nn: %s: %s: %w", who, name, err)
	}
	return err
}

// text returns what Save writes.
func (m *MLP) text(largest int) ([]byte, error) {
	f, err := m.file()
	if err != nil {
		return nil, err
	}
	return sealed.Text(f, largest)
}

// file returns what is saved of the network, without the checksum.
func (m *MLP) file() (f file, err error) {
	if problem := m.problem(); problem != "" {
		return f, errors.New(problem)
	}
	if err := m.checkUntied(); err != nil {
		return f, err
	}
	f = file{Head: networkHead, Architecture: []int{m.Inputs()}}
	for i, l := range m.Layers {
		layer := fileLayer{Activation: l.Activation.Name()}
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
	return f, nil
}

func (n *Neuron) file(name string) (f fileNeuron, err error) {
	f = fileNeuron{Name: name}
	for i, w := range n.W {
		if !finite.All(w.Data) {
			return f, fmt.Errorf("%s.w%d is %v, want a finite number", name, i+1, w.Data)
		}
		f.Weights = append(f.Weights, w.Data)
	}
	if n.B != nil {
		if !finite.All(n.B.Data) {
			return f, fmt.Errorf("%s.b is %v, want a finite number", name, n.B.Data)
		}
		f.Bias = &n.B.Data
	}
	return f, nil
}

// checkUntied returns an error that names the first Value that is in two places.
func (m *MLP) checkUntied() error {
	first := map[*gradus.Value]string{}
	for i, l := range m.Layers {
		for k, n := range l.Neurons {
			for j, p := range n.params("", nil) {
				name := fmt.Sprintf("%s.%s.w%d", layerName(i), neuronName(k), j+1)
				if j == len(n.W) {
					name = layerName(i) + "." + neuronName(k) + ".b"
				}
				if first[p] != "" {
					return fmt.Errorf("%s is the same Value as %s, want one for each place: a file keeps numbers, "+
						"and two parameters would be loaded; SaveParams saves them as one", name, first[p])
				}
				first[p] = name
			}
		}
	}
	return nil
}
