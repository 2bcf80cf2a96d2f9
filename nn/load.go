package nn

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/internal/strictjson"
)

// largestFile is the size in bytes of the largest file that Save writes and Load reads. A
// parameter takes about 30 bytes.
const largestFile = 1 << 28

// Load reads a network from a file that [MLP.Save] has written. If the network has activations
// that [NewActivation] has made, give them to Load, which finds them by name.
//
// It returns an error if the file cannot be read, is larger than 256 MiB, is of another version
// of the format, is incomplete, or was edited, which its checksum tells; spaces and line ends
// may change. It also returns an error if a parameter is not a finite number, or if the file has
// an activation that is neither this package's nor given. The error names the place in the file
// and says what was expected there.
//
// The architecture stands at the beginning of the file. Load compares what follows with it while it
// reads, and stops at the first thing that does not fit. So it never needs more than four times the
// memory of the network that the file has up to there, and 64 MiB more for the architecture, which may have
// two million layers. Before it reads a parameter, it refuses an architecture for which Save would have to
// write more than 256 MiB.
//
// An edited file is refused, and not only warned about, because nothing else tells a file that was
// damaged from one that was changed on purpose. To change numbers, load the network, set the Data of
// its parameters, which have names, and save it.
func Load(name string, own ...Activation) (*MLP, error) {
	var m *MLP
	err := open("Load", name, func(r io.Reader) (err error) {
		m, err = read(r, largestFile, own)
		return err
	})
	return m, err
}

// open opens the file, reads it and closes it.
func open(who, name string, read func(r io.Reader) error) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("nn: %s: %w", who, err)
	}
	defer func() { _ = f.Close() }() // it was only read
	if err := read(f); err != nil {
		return fmt.Errorf("nn: %s: %s: %w", who, name, err)
	}
	return nil
}

// A loader holds what has been read of a file.
type loader struct {
	json         sealed.Reader
	own          []Activation
	largest      int64 // how many bytes Save may write
	architecture []int // the number of inputs, then of each layer's units
	params       []float64
	layers       []loadedLayer
}

type loadedLayer struct {
	activation Activation
	biased     []bool // of each neuron, whether it has a bias
}

// read reads the text that [MLP.Save] writes. Its form is that of [file].
func read(r io.Reader, largest int64, own []Activation) (*MLP, error) {
	l := &loader{json: sealed.New(r, largest), own: own, largest: largest}
	err := l.json.Whole(networkHead,
		strictjson.Field{Key: "architecture", Read: l.units},
		strictjson.Field{Key: "layers", Read: l.allLayers},
	)
	if err != nil {
		return nil, err
	}
	return l.network(), nil
}

func (l *loader) units() error {
	size := 0.0 // of the smallest file with these layers
	n, err := l.json.List(func(i int) error {
		units, err := l.json.Int()
		if err != nil {
			return err
		}
		if units < 1 {
			return fmt.Errorf(" is %d, want at least 1", units)
		}
		if i > 0 {
			size += leastSize(l.architecture[i-1], units)
		}
		if size > float64(l.largest) {
			return fmt.Errorf(" is %d, want a network that Save writes in at most %d bytes", units, l.largest)
		}
		l.architecture = append(l.architecture, units)
		return nil
	})
	if err == nil && n < 2 {
		err = fmt.Errorf(" has length %d, want at least 2: the number of inputs, and of units in each layer", n)
	}
	return err
}

func (l *loader) allLayers() error {
	return l.list(len(l.architecture)-1, "one less than architecture has", func(i int) error {
		layer := loadedLayer{}
		err := l.json.Object(
			strictjson.Field{Key: "activation", Read: func() (err error) {
				layer.activation, err = l.activation()
				return err
			}},
			strictjson.Field{Key: "neurons", Read: func() error {
				return l.list(l.architecture[i+1], fmt.Sprintf("architecture[%d]", i+1), func(k int) error {
					biased, err := l.neuron(i, k)
					layer.biased = append(layer.biased, biased)
					return err
				})
			}},
		)
		l.layers = append(l.layers, layer)
		return err
	})
}

func (l *loader) activation() (Activation, error) {
	name, err := l.json.String()
	if err != nil {
		return Activation{}, err
	}
	a, err := activationNamed(name, l.own)
	if err != nil {
		err = fmt.Errorf(" %w, or one given to Load", err)
	}
	return a, err
}

// neuron reads the parameters of a neuron and reports whether the last one is a bias.
func (l *loader) neuron(i, k int) (biased bool, err error) {
	param := func(int) error {
		x, err := l.json.Float()
		l.params = append(l.params, x)
		return err
	}
	err = l.json.Object(
		strictjson.Field{Key: "name", Read: func() error {
			name, err := l.json.String()
			if want := layerName(i) + "." + neuronName(k); err == nil && name != want {
				err = fmt.Errorf(" is %.40q, want %q", name, want)
			}
			return err
		}},
		strictjson.Field{Key: "weights", Read: func() error {
			return l.list(l.architecture[i], fmt.Sprintf("architecture[%d]", i), param)
		}},
		strictjson.Field{Key: "bias", Read: func() (err error) {
			var x float64
			if x, biased, err = l.json.FloatOrNull(); biased {
				l.params = append(l.params, x)
			}
			return err
		}},
	)
	return biased, err
}

// list reads a list of n entries. Its error says why there should be n.
func (l *loader) list(n int, why string, read func(i int) error) error {
	errMore := errors.New("more")
	got, err := l.json.List(func(i int) error {
		if i == n {
			return errMore
		}
		return read(i)
	})
	switch {
	case errors.Is(err, errMore):
		return fmt.Errorf(" has a length of more than %d, want %d, which is %s", n, n, why)
	case err == nil && got != n:
		return fmt.Errorf(" has length %d, want %d, which is %s", got, n, why)
	}
	return err
}

// network builds the network that was read.
func (l *loader) network() *MLP {
	leaves := gradus.Values(l.params)
	m := new(MLP)
	for i, from := range l.layers {
		layer := &Layer{Activation: from.activation, Neurons: make([]*Neuron, len(from.biased))}
		inputs := l.architecture[i]
		for k, biased := range from.biased {
			n := &Neuron{W: leaves[:inputs:inputs]}
			leaves = leaves[inputs:]
			if biased {
				n.B, leaves = leaves[0], leaves[1:]
			}
			n.name(layerName(i) + "." + neuronName(k))
			layer.Neurons[k] = n
		}
		m.Layers = append(m.Layers, layer)
	}
	return m
}
