package formulary

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formula"
)

// An Evaluation is what the command eval prints.
type Evaluation struct {
	Of     string `json:"of"`
	Values []Row  `json:"values"`
}

// A Row has the numbers of a value with a name.
type Row struct {
	Name     string  `json:"name"`
	Kind     string  `json:"kind"`
	Value    Number  `json:"value"`
	Gradient *Number `json:"gradient"` // nil if there is none
}

// A Number can be NaN or infinite in JSON, too.
type Number float64

// MarshalJSON returns the number, or a text if JSON has no such number.
func (x Number) MarshalJSON() ([]byte, error) {
	if finite.All(float64(x)) {
		return json.Marshal(float64(x))
	}
	return json.Marshal(strings.NewReplacer("+", "", "Inf", "Infinity").Replace(fmt.Sprint(float64(x))))
}

// String returns all digits of the number, and a space where it has no sign.
func (x Number) String() string {
	text := formula.Exact(float64(x))
	if text[0] != '-' {
		text = " " + text
	}
	return text
}

// Evaluation returns the values with names, all or those of By.
func (p *Problem) Evaluation(onlyBy bool) (e Evaluation) {
	e.Of = p.Root.Name()
	for _, name := range p.Names() {
		v := p.Value(name)
		if onlyBy && !slices.Contains(p.By, v) {
			continue
		}
		r := Row{Name: name, Kind: p.Kind(v), Value: Number(v.Data)}
		if v.HasGrad() {
			gradient := Number(v.Grad)
			r.Gradient = &gradient
		}
		e.Values = append(e.Values, r)
	}
	return e
}
