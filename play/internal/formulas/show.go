package formulas

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/internal/player"
	"github.com/gradus-go/gradus/play/internal/call"
	"github.com/gradus-go/gradus/play/internal/written"
	"github.com/gradus-go/gradus/show"
)

// Calls are the functions that the page calls, by name.
var Calls = call.Table{
	"formula.show": call.Of(Show), "formula.second": call.Of(Second), "formula.go": call.Of(Go),
	"formula.command": call.Of(Command), "formula.examples": call.Of(Examples),
}

// The view shows a part of what is larger than this.
const (
	mostControls = 60
	mostRows     = 500
	mostComputed = 60
	mostDerived  = 30 // as many derivatives as package show writes before it folds
)

// equation is how an equation begins in what package show writes in MathML.
const equation = "<div class=\"equation\""

// Asked is a question about a text. If Name is not empty, its number is to become To first.
type Asked struct {
	F    string `json:"f"`
	Of   string `json:"of"`
	By   string `json:"by"`
	Name string `json:"name"`
	To   string `json:"to"`
}

// read reads the text, after the change. If what was chosen to be derived is not there any more, since the
// text has changed, it takes the choice back. What it says of that is a note.
func (a *Asked) read() (d *formulary.Draft, notes []written.Note, err error) {
	if a.Name != "" {
		text, err := formulary.Set(a.F, a.Name, a.To)
		if len(formulary.Errors(err)) > 0 {
			return nil, nil, faults(written.NotesOf(err))
		}
		if err != nil {
			return nil, nil, err
		}
		a.F = text
	}
	d, err = read(a.F, a.Of, a.By)
	if wrong := new(formulary.ChoiceError); errors.As(err, &wrong) {
		notes = append(notes, written.Note{Message: wrong.Message})
		a.Of, a.By = "", ""
		d, err = read(a.F, "", "")
	}
	return d, notes, err
}

// Shown is what the view shows.
type Shown struct {
	F           string         `json:"f"`
	Faults      []written.Note `json:"faults"` // why there is nothing else
	Notes       []written.Note `json:"notes"`
	Of          string         `json:"of"`
	Results     []string       `json:"results"` // the names that Of may have
	Bys         []string       `json:"bys"`     // the names by which Of can be derived
	Value       written.Number `json:"value"`
	Trouble     string         `json:"trouble"` // about numbers that are not finite
	Controls    []Control      `json:"controls"`
	Computation string         `json:"computation"` // elements of HTML, as Derivation
	Derivation  string         `json:"derivation"`
	Left        string         `json:"left"` // what is left out
	Rows        []Row          `json:"rows"`

	Stepper *player.Player    `json:"stepper"`
	Parts   map[string]string `json:"parts"` // of the stepper
}

// A Control lets a person change a number.
type Control struct {
	Name     string          `json:"name"`
	Kind     string          `json:"kind"`
	Guessed  bool            `json:"guessed"` // the text has no number for it
	Value    written.Number  `json:"value"`
	Gradient *written.Number `json:"gradient"`
	Min      string          `json:"min"`
	Max      string          `json:"max"`
	Step     string          `json:"step"`
}

// A Row has the numbers of a value with a name.
type Row struct {
	Name     string          `json:"name"`
	Kind     string          `json:"kind"`
	Value    written.Number  `json:"value"`
	Gradient *written.Number `json:"gradient"`
}

// Show answers what a text is about. Faults in the text are part of the answer.
func Show(a Asked) (Shown, error) {
	r, notes, err := a.read()
	if wrong := faults(nil); errors.As(err, &wrong) {
		return Shown{F: a.F, Faults: wrong}, nil
	}
	if err != nil {
		return Shown{}, err
	}
	s := Shown{F: a.F, Of: r.Root.Name(), Value: written.Of(r.Root.Data), Trouble: formulary.Trouble(r.Root)}
	s.Notes = slices.Concat(notes, notesOn(r))
	s.Stepper = player.New(r.Root)
	s.Parts = s.Stepper.Parts()
	e := r.Evaluation(false)
	for _, row := range e.Values {
		v := r.Value(row.Name)
		shown := Row{Name: row.Name, Kind: row.Kind, Value: written.Of(float64(row.Value))}
		if row.Gradient != nil && !v.IsConst() {
			g := written.Of(float64(*row.Gradient))
			shown.Gradient = &g
			if v != r.Root {
				s.Bys = append(s.Bys, row.Name)
			}
		}
		if v.Op() != nil {
			s.Results = append(s.Results, row.Name)
		} else if len(s.Controls) < mostControls {
			s.Controls = append(s.Controls, control(r, shown))
		}
		if len(s.Rows) < mostRows {
			s.Rows = append(s.Rows, shown)
		}
	}
	s.derive(r)
	if left := len(e.Values) - len(s.Rows); left > 0 {
		s.Left += fmt.Sprintf(" The table has %d of %d values.", len(s.Rows), len(e.Values))
	}
	return s, nil
}

// control returns the control for a number.
func control(r *formulary.Draft, row Row) Control {
	c := Control{
		Name: row.Name, Kind: row.Kind, Guessed: slices.Contains(r.Guessed, row.Name),
		Value: row.Value, Gradient: row.Gradient,
	}
	x := r.Value(row.Name).Data
	span := reach(x)
	text := func(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }
	c.Min, c.Max, c.Step = text(-span), text(span), text(span/100)
	return c
}

// reach returns how far the control of a number goes to both sides of 0: the first of 1, 2, 5, 10 and so on,
// or 0.5, 0.2, 0.1 and so on, that is at least twice the number.
func reach(x float64) float64 {
	x = 2 * math.Abs(x)
	if x == 0 || !finite.All(x) || x > 1e300 || x < 1e-300 {
		return 2
	}
	power := math.Floor(math.Log10(x))
	for _, m := range []float64{1, 2, 5, 10, 20} {
		span, err := strconv.ParseFloat(fmt.Sprint(m, "e", power), 64)
		if err == nil && span >= x {
			return span
		}
	}
	return x
}

// derive writes how the result is computed, and its derivatives.
func (s *Shown) derive(r *formulary.Draft) {
	s.Computation = show.Computation(r.Root).MathML()
	if parts := strings.Split(s.Computation, equation); len(parts) > 1+mostComputed {
		s.Left = fmt.Sprintf("How the last %d of %d values are computed is shown. ", mostComputed, len(parts)-1)
		s.Computation = parts[0] + equation + strings.Join(parts[len(parts)-mostComputed:], equation)
	}
	by := r.By
	if len(by) > mostDerived {
		by = by[:mostDerived]
		s.Left += fmt.Sprintf("The derivation has %d of %d derivatives.", len(by), len(r.By))
	}
	d, err := show.Derive(r.Root, by...)
	if err != nil {
		s.Left += " " + err.Error()
		return
	}
	s.Derivation = d.MathML()
}
