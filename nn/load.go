package nn

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gradus-go/gradus"
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
// An edited file is refused, and not only warned about, because nothing else tells a file that was
// damaged from one that was changed on purpose. To change numbers, load the network, set the Data of
// its parameters, which have names, and save it.
func Load(name string, own ...Activation) (*MLP, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("nn: Load: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	m, err := read(f, largestFile, own)
	if err != nil {
		return nil, fmt.Errorf("nn: Load: %s: %w", name, err)
	}
	return m, nil
}

func read(r io.Reader, largest int64, own []Activation) (*MLP, error) {
	text, err := io.ReadAll(io.LimitReader(r, largest+1))
	switch {
	case err != nil:
		return nil, err
	case int64(len(text)) > largest:
		return nil, fmt.Errorf("the file is larger than %d bytes, want a network", largest)
	}
	var version struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return nil, where(err, text)
	}
	switch {
	case version.Format != formatName:
		return nil, fmt.Errorf("format is %.40q, want %q", version.Format, formatName)
	case version.Version != formatVersion:
		return nil, fmt.Errorf("version is %d, want %d: another version of this package wrote it",
			version.Version, formatVersion)
	}
	var f file[json.RawMessage]
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(&f); err != nil {
		return nil, where(err, text)
	}
	g, err := parse(f)
	if err != nil {
		return nil, err
	}
	m, err := network(g, own)
	if err != nil {
		return nil, err
	}
	if err := checkText(text, g); err != nil {
		return nil, err
	}
	return m, nil
}

// where adds to an error of package json the line of the file, and what was expected there.
func where(err error, text []byte) error {
	var syntax *json.SyntaxError
	var mistyped *json.UnmarshalTypeError
	line := func(offset int64) int {
		return 1 + bytes.Count(text[:min(offset, int64(len(text)))], []byte("\n"))
	}
	switch {
	case errors.As(err, &syntax):
		return fmt.Errorf("line %d: %w, want what Save writes", line(syntax.Offset), err)
	case errors.As(err, &mistyped):
		return fmt.Errorf("line %d: %s is a JSON %.40s, want what Save writes",
			line(mistyped.Offset), cmp.Or(mistyped.Field, "the file"), mistyped.Value)
	}
	return fmt.Errorf("%.100s, want what Save writes", err.Error())
}

// network builds the network that the file describes. It returns an error if the parts of the
// file do not fit together.
func network(f file[float64], own []Activation) (*MLP, error) {
	params, err := check(f)
	if err != nil {
		return nil, err
	}
	leaves := gradus.Values(params)
	m := new(MLP)
	for i, fl := range f.Layers {
		l := &Layer{Neurons: make([]*Neuron, len(fl.Neurons))}
		if l.Activation, err = activationNamed(fl.Activation, own); err != nil {
			return nil, fmt.Errorf("layers[%d].activation %w", i, err)
		}
		for k, fn := range fl.Neurons {
			inputs := len(fn.Weights)
			n := &Neuron{W: leaves[:inputs:inputs]}
			leaves = leaves[inputs:]
			if fn.Bias != nil {
				n.B, leaves = leaves[0], leaves[1:]
			}
			n.name(fn.Name)
			l.Neurons[k] = n
		}
		m.Layers = append(m.Layers, l)
	}
	return m, nil
}
