// Package checkpoint keeps a GPT in a file, together with what is needed to go on training it.
package checkpoint

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/recipe"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/nn/optim"
)

const (
	format  = "gradus gpt"
	version = 1
	largest = 1 << 28 // bytes of a file
)

// A State is what a file holds.
type State struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	Stage   int    `json:"stage"`
	Seed    uint64 `json:"seed"` // of the order of the texts
	Letters string `json:"letters"`
	recipe.Shape
	Params    []float64   `json:"params"` // in the order in which the model draws them
	Optimizer optim.State `json:"optimizer"`
}

// order returns the numbers in all of the Values in seen, which has them in another order.
func order(all, seen []*gradus.Value) []int {
	number := map[*gradus.Value]int{}
	for i, p := range all {
		number[p] = i
	}
	order := make([]int, len(seen))
	for k, p := range seen {
		order[k] = number[p]
	}
	return order
}

// Restore is the reverse of Save: it sets the Data of the parameters and what the optimiser remembers.
// It returns an error if the model was trained on texts of other letters.
func (s State) Restore(letters string, params, seen []*gradus.Value, o optim.Resumable) error {
	if s.Letters != letters {
		return fmt.Errorf("the model was trained on texts of the characters %.60q, not on %.60q: "+
			"want the -data that it was trained on", s.Letters, letters)
	}
	for i, p := range params {
		p.Data = s.Params[i]
	}
	state := s.Optimizer
	state.Memory = nil
	for _, m := range s.Optimizer.Memory {
		moved := make([]float64, len(m))
		for k, i := range order(params, seen) {
			moved[k] = m[i]
		}
		state.Memory = append(state.Memory, moved)
	}
	return o.Restore(state)
}

// Save writes the file, all of it or nothing, with the Data of the parameters and what the optimiser
// remembers, which sees them in the order of seen. In the file everything is in the order of params.
func (s State) Save(file string, params, seen []*gradus.Value, o optim.Resumable) error {
	s.Format, s.Version, s.Optimizer = format, version, o.State()
	for _, p := range params {
		s.Params = append(s.Params, p.Data)
	}
	for _, m := range s.Optimizer.Memory {
		moved := slices.Clone(m)
		for k, i := range order(params, seen) {
			m[i] = moved[k]
		}
	}
	text, err := json.Marshal(s)
	if err == nil {
		err = wholefile.Write(file, append(text, '\n'))
	}
	if err != nil {
		return fmt.Errorf("the model cannot be saved in %s: %w", file, err)
	}
	return nil
}

// Load reads a file that Save has written. It returns an error that says what is wrong if it is another
// one, or if its numbers do not fit each other.
func Load(file string) (s State, err error) {
	f, err := os.Open(file)
	if err != nil {
		return s, err
	}
	defer func() { _ = f.Close() }() // it was only read
	text, err := io.ReadAll(io.LimitReader(f, largest+1))
	if err == nil && len(text) > largest {
		err = fmt.Errorf("it is larger than %d bytes", largest)
	}
	if err == nil {
		err = s.parse(string(text))
	}
	if err == nil {
		err = s.check()
	}
	if err != nil {
		return State{}, fmt.Errorf("%s: %w", file, err)
	}
	return s, nil
}

func (s *State) parse(text string) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(s); err != nil {
		return fmt.Errorf("it is no model that -save has written: %w", err)
	}
	if _, err := d.Token(); err != io.EOF {
		return fmt.Errorf("something stands behind the model, at byte %d", d.InputOffset())
	}
	if s.Format != format || s.Version != version {
		return fmt.Errorf("format %q, version %d: want %q, version %d", s.Format, s.Version, format, version)
	}
	return nil
}

func (s *State) check() error {
	if err := s.Check(recipe.Largest); err != nil {
		return err
	}
	if s.Stage < 3 || s.Stage > 5 {
		return fmt.Errorf("stage is %d, want 3, 4 or 5", s.Stage)
	}
	want := s.Shape.Params(len([]rune(s.Letters)))
	switch {
	case len(s.Params) != want:
		return fmt.Errorf("there are %d params, want %d for %d letters and this shape",
			len(s.Params), want, len([]rune(s.Letters)))
	case s.Optimizer.Params != want && s.Optimizer.Steps > 0:
		return fmt.Errorf("the optimizer is that of %d params, want %d", s.Optimizer.Params, want)
	}
	for k, m := range s.Optimizer.Memory {
		if len(m) != want {
			return fmt.Errorf("slice %d of the memory of the optimizer has %d numbers, want %d", k, len(m), want)
		}
	}
	return nil
}

// mostProducts is how many products the graph of a text may have, for each of which a recording takes
// about 100 bytes.
const mostProducts = 10_000_000

// CheckGraph returns an error if the graph of a text is too large, given how many different letters the
// texts have.
func CheckGraph(s recipe.Shape, letters int) error {
	if n := s.Products(letters); n > mostProducts {
		return fmt.Errorf("the graph of a text would have about %d products, want at most %d: "+
			"a smaller -width, -layers or -context", n, mostProducts)
	}
	return nil
}
