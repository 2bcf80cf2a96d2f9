package nn

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/internal/strictjson"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// SaveParams writes the parameters of any model to the file of that name, as JSON: each name with
// its number, in the shortest decimals that read as the same float64, and a checksum; for an [MLP] also the
// names of the activations. What else the model consists of is not in the file: [LoadParams] needs a model
// that was built in the same way.
// Whatever happens, the file has either its old contents or all of the new ones, as with
// [MLP.Save].
//
// A Value that is in several places of the model is one parameter, and is in the file once.
//
// It returns an error that says which parameter has no name, or which two have the same one; see
// [gradus.Value.As]. Two layers of package layer in a model of your own need a name each. It also returns an
// error if the model is nil or has no parameters, if a parameter is nil, a constant, computed, NaN or
// infinite, if the file would be larger than 256 MiB, or if it cannot be written.
func SaveParams(name string, m Model) error {
	text, err := paramsText(m, largestFile)
	return write("SaveParams", name, text, err)
}

// LoadParams reads a file that [SaveParams] has written, and sets the Data of the model's
// parameters of those names. It changes nothing unless the whole file fits the model.
//
// Two models of your own with the same names fit each other, even if one has a tanh where the other has a σ.
// Let the names say what must not be mixed up, as in "tanh.w1". Of two [MLP], the activations must have the
// same names, too.
//
// It returns an error that names the first parameter of the model that the file lacks, and the
// first one of the file that the model lacks, or the first activation that differs. It also returns
// an error if the file cannot be read, is larger than 256 MiB, is of another version of the format,
// is incomplete, or was edited, which its checksum tells, and if [SaveParams] would return one for
// the parameters of the model. But their numbers may be NaN or infinite.
//
// It reads at most one name more than the model has, so that its memory does not depend on the size
// of the file.
func LoadParams(name string, m Model) error {
	return open("LoadParams", name, func(r io.Reader) error { return readParams(r, m, largestFile) })
}

// A paramsFile is the contents of a file that holds parameters.
type paramsFile struct {
	sealed.Head
	Activations []string     `json:"activations,omitempty"` // of the layers, if it is an MLP
	Parameters  namedNumbers `json:"parameters"`
}

// activations returns the names of the activations of an MLP, or nil.
func activations(m Model) (names []string) {
	mlp, ok := m.(*MLP)
	if !ok || mlp.problem() != "" {
		return nil
	}
	for _, l := range mlp.Layers {
		names = append(names, l.Activation.Name())
	}
	return names
}

type namedNumbers []*gradus.Value

// MarshalJSON writes an object that has the parameters in their order.
func (n namedNumbers) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, p := range n {
		name, _ := json.Marshal(p.Name()) // a string has no error
		number, err := json.Marshal(p.Data)
		if err != nil {
			return nil, err
		}
		fmt.Fprintf(&b, "%c%s:%s", "{,"[min(i, 1)], name, number)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

func paramsText(m Model, largest int) ([]byte, error) {
	all, _, err := namedParams(m)
	if err != nil {
		return nil, err
	}
	for _, p := range all {
		if !finite.All(p.Data) {
			return nil, fmt.Errorf("%s is %v, want a finite number", p.Name(), p.Data)
		}
	}
	return sealed.Text(paramsFile{paramsHead, activations(m), all}, largest)
}

// namedParams returns the parameters, each once, and the position of each by its name.
func namedParams(m Model) (all []*gradus.Value, position map[string]int, err error) {
	if m == nil {
		return nil, nil, errors.New("the model is nil, want one")
	}
	all = params.Once(slices.Clone(m.Params()))
	if err := params.Check(all); err != nil {
		return nil, nil, err
	}
	position = make(map[string]int, len(all))
	for i, p := range all {
		name := p.Name()
		first, taken := position[name]
		switch {
		case name == "":
			return nil, nil, fmt.Errorf("parameter %d of the model (%v) has no name, want one, "+
				"which Value.As gives", i+1, p)
		case !utf8.ValidString(name):
			return nil, nil, fmt.Errorf("parameter %d has the name %.40q, want valid UTF-8", i+1, name)
		case taken:
			return nil, nil, fmt.Errorf("parameters %d and %d of the model are both called %.40q, want a "+
				"name for each, which Value.As gives, and layer.Name for all of a layer", first+1, i+1, name)
		}
		position[name] = i
	}
	if len(all) == 0 {
		return nil, nil, errors.New("the model has no parameters, want at least one")
	}
	return all, position, nil
}

func readParams(r io.Reader, m Model, largest int64) error {
	all, position, err := namedParams(m)
	if err != nil {
		return err
	}
	numbers, found := make([]float64, len(all)), make([]bool, len(all))
	var foreign []string // the first one
	n := 0               // how many names were read
	json := sealed.New(r, largest)
	names, other := activations(m), error(nil)
	err = json.Whole(paramsHead, strictjson.Field{Key: "activations", Optional: true, Read: func() error {
		_, err := json.List(func(i int) error {
			name, err := json.String()
			if other == nil && i < len(names) && name != names[i] {
				other = fmt.Errorf("layer %d of the file has the activation %.40q, and that of the model %.40q; want "+
					"the same", i+1, name, names[i])
			}
			return err
		})
		return err
	}}, strictjson.Field{Key: "parameters", Read: func() error {
		return json.Members(func(name string) error {
			x, err := json.Float()
			i, ok := position[name]
			if !ok && foreign == nil {
				foreign = []string{name}
			}
			n++
			switch {
			case err != nil:
				return err
			case ok && found[i]:
				return errors.New(" is there twice, want each name once")
			case n > len(all):
				return fmt.Errorf(" is one more than the %d of the model, which has no %.40q", len(all), foreign[0])
			case ok:
				numbers[i], found[i] = x, true
			}
			return nil
		})
	}})
	if err != nil {
		return err
	}
	if err := checkFit(all, found, foreign); err != nil {
		return err
	}
	if other != nil {
		return other
	}
	for i, p := range all {
		p.Data = numbers[i]
	}
	return nil
}

// checkFit returns an error that names the first parameter that was not found, and the first
// foreign one.
func checkFit(all []*gradus.Value, found []bool, foreign []string) error {
	var misfits []string
	if i := slices.Index(found, false); i >= 0 {
		misfits = append(misfits, fmt.Sprintf("only the model has %.40q", all[i].Name()))
	}
	for _, name := range foreign {
		misfits = append(misfits, fmt.Sprintf("only the file has %.40q", name))
	}
	if len(misfits) > 0 {
		return errors.New("want the same names, but " + strings.Join(misfits, ", and "))
	}
	return nil
}
