package gpt

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/decimal"
	"github.com/gradus-go/gradus/internal/recipe"
)

// Settings say how large the model is and how it is trained, as texts that one types. An empty text is the
// default.
type Settings struct {
	Width, Heads, Layers, Context string // of recipe.Shape
	Steps, Batch, Rate, Seed      string
}

func (s Settings) chosen() Settings { return s }

// The largest settings, with which the page stays alive.
var largest = recipe.Shape{Width: 64, Heads: 16, Layers: 4, Context: 32}

const (
	mostSteps = 20_000
	mostBatch = 64
	leastRate = 1e-6
	mostRate  = 10

	// mostProducts is how many products the graph of a name may have. For each length of names a recording
	// takes about 100 bytes for each of them.
	mostProducts = 450_000
)

// A plan is what settings say.
type plan struct {
	recipe.Shape
	steps, batch int
	rate         float64
	seed         uint64
}

// A Field is a setting with its bounds.
type Field struct {
	Name  string `json:"name"`
	Label string `json:"label"`
	Value string `json:"value"`
	From  int    `json:"from"`
	To    int    `json:"to"`
	Whole bool   `json:"whole"`

	original int
	to       *int
}

// wholes returns the settings that are whole numbers and stay small, with their texts. A value that is read
// belongs into the plan.
func (s Settings) wholes(p *plan) []Field {
	field := func(name, label, text string, to *int, original, largest int) Field {
		return Field{name, label, text, 1, largest, true, original, to}
	}
	d := recipe.Default
	return []Field{
		field("width", "Width: numbers for each token", s.Width, &p.Width, d.Width, largest.Width),
		field("heads", "Heads of attention", s.Heads, &p.Heads, d.Heads, largest.Heads),
		field("layers", "Layers", s.Layers, &p.Layers, d.Layers, largest.Layers),
		field("context", "Context: positions it can look at", s.Context, &p.Context, d.Context, largest.Context),
		field("steps", "Steps of training", s.Steps, &p.steps, recipe.Steps, mostSteps),
		field("batch", "Batch: names in a step", s.Batch, &p.batch, recipe.Batch, mostBatch),
	}
}

// plan reads the settings. It returns an error that says what is wrong with the first that is not in its
// bounds.
func (s Settings) plan(letters int) (p plan, err error) {
	for _, f := range s.wholes(&p) {
		if *f.to, err = whole(f.Name, f.Value, f.original, f.From, f.To); err != nil {
			return plan{}, err
		}
	}
	if p.rate, err = between("rate", s.Rate, recipe.Rate, leastRate, mostRate); err != nil {
		return plan{}, err
	}
	seed := strings.TrimSpace(cmp.Or(s.Seed, strconv.Itoa(recipe.Seed)))
	if p.seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
		return plan{}, fmt.Errorf("seed is %.20q, want a whole number from 0 to 18446744073709551615", seed)
	}
	if err = p.Check(largest); err != nil {
		return plan{}, err
	}
	if n := p.Products(letters); n > mostProducts {
		return plan{}, fmt.Errorf("the graph of a long name would have about %d products, and the page records "+
			"at most %d: want a smaller width, fewer layers or a shorter context", n, mostProducts)
	}
	return p, nil
}

// fields returns all settings with the values that they have.
func (p plan) fields() []Field {
	all := Settings{}.wholes(&p)
	for i := range all {
		all[i].Value = strconv.Itoa(*all[i].to)
	}
	return append(all,
		Field{Name: "rate", Label: "Learning rate of the first step", Value: fmt.Sprint(p.rate)},
		Field{Name: "seed", Label: "Seed of everything random", Value: fmt.Sprint(p.seed)})
}

// whole reads a whole number in [from, to]. An empty text is the default.
func whole(name, text string, original, from, to int) (int, error) {
	if text = strings.TrimSpace(text); text == "" {
		return original, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < from || n > to {
		return 0, fmt.Errorf("%s is %.20q, want a whole number from %d to %d", name, text, from, to)
	}
	return n, nil
}

// between reads a number in [from, to]. An empty text is the default.
func between(name, text string, original, from, to float64) (float64, error) {
	if text = strings.TrimSpace(text); text == "" {
		return original, nil
	}
	x, err := decimal.Parse(text)
	if err != nil || x < from || x > to {
		return 0, fmt.Errorf("%s is %.20q, want a number from %v to %v", name, text, from, to)
	}
	return x, nil
}

// temperature reads a temperature of sampling.
func temperature(text string) (float64, error) {
	return between("temperature", text, recipe.Temperature, 0.01, 100)
}

// Asked are settings and a temperature.
type Asked struct {
	Settings
	Temperature string
}

// Command returns the command that trains the same model in a terminal.
func Command(a Asked) (string, error) {
	c, err := names()
	if err != nil {
		return "", err
	}
	p, err := a.plan(len(c.Letters))
	if err != nil {
		return "", err
	}
	t, err := temperature(a.Temperature)
	if err != nil {
		return "", err
	}
	command := "go run ./examples/gpt"
	for _, f := range []struct {
		name            string
		value, original any
	}{
		{"width", p.Width, recipe.Default.Width},
		{"heads", p.Heads, recipe.Default.Heads},
		{"layers", p.Layers, recipe.Default.Layers},
		{"context", p.Context, recipe.Default.Context},
		{"steps", p.steps, recipe.Steps},
		{"batch", p.batch, recipe.Batch},
		{"rate", p.rate, recipe.Rate},
		{"seed", p.seed, uint64(recipe.Seed)},
		{"temperature", t, recipe.Temperature},
	} {
		if f.value != f.original {
			command += fmt.Sprintf(" -%s %v", f.name, f.value)
		}
	}
	return command, nil
}
