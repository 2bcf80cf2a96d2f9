package claims

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/claim"
	"github.com/gradus-go/gradus/internal/draw"
	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/play/internal/call"
	"github.com/gradus-go/gradus/play/internal/written"
)

// Calls are the functions that the page calls, by name.
var Calls = call.Table{
	"check.check": call.Of(Check), "check.answer": call.Of(Answer), "check.exercise": call.Of(Exercise),
	"check.exercises": call.Of(Exercises), "check.command": call.Of(Command), "check.go": call.Of(Go),
}

// Asked is formulas, and a line for each derivative.
type Asked struct {
	F string `json:"f"`
	D string `json:"d"`
}

// Checked is what the view shows. Without a gradient in the picture, it does not say what is right.
type Checked struct {
	Faults  []written.Note `json:"faults"`  // of the formulas; then nothing is checked
	Picture string         `json:"picture"` // of the graph, as HTML
	Lines   []Line         `json:"lines"`   // as many as D has
	First   int            `json:"first"`   // the line with the first mistake, from 0, or -1
	Right   int            `json:"right"`
	All     int            `json:"all"` // lines that are not blank
	Says    string         `json:"says"`
}

// A Line is what is said of one line.
type Line struct {
	Name   string        `json:"name"` // of the derivative, if there is one
	State  claim.State   `json:"state"`
	Says   string        `json:"says"`
	Slips  []string      `json:"slips"`  // usual slips that would explain the mistake
	Pieces []Piece       `json:"pieces"` // the text
	Note   *written.Note `json:"note"`   // why it cannot be read
	Factor string        `json:"factor"` // the first wrong factor
	Edge   string        `json:"edge"`   // its edge in the picture
	Node   string        `json:"node"`   // if it is right: the node in the picture whose gradient it is
	Value  string        `json:"value"`  // the number then
}

// A Piece is a part of a line's text.
type Piece struct {
	Text string `json:"text"`
	Mark string `json:"mark"` // "wrong"; "gap" if it lacks something; "fault" where it cannot be read; or ""
}

// Bounds of what is checked.
const (
	mostLines  = 100
	mostValues = 1000 // of the graph, which takes a fifth of a second in a browser
	mostNames  = 60   // in a picture with an edge for each factor
)

// texts returns the lines, if they and the formulas are within the bounds.
func (a Asked) texts() ([]string, error) {
	texts := strings.Split(a.D, "\n")
	if n := len(texts); n > mostLines {
		return nil, fmt.Errorf("there are %d derivatives; want at most %d", n, mostLines)
	}
	return texts, written.TooLong(a.F, a.D)
}

// Check says of each line whether it is right. Faults in the texts are part of the answer.
func Check(a Asked) (Checked, error) {
	texts, err := a.texts()
	if err != nil {
		return Checked{}, err
	}
	checked := Checked{First: -1, Says: "The formulas cannot be read yet."}
	p, err := read(a.F)
	if err != nil {
		checked.Faults = written.NotesOf(err)
		for _, text := range texts {
			checked.Lines = append(checked.Lines, Line{State: claim.Blank, Pieces: []Piece{{Text: text}}})
		}
		return checked, nil
	}
	if checked.Picture, err = picture(p, a.F); err != nil {
		return Checked{}, err
	}
	var lines []claim.Line
	lines, checked.First = claim.Check(p.Root, p.Graph, texts)
	c := chain.New(p.Root)
	for i, l := range lines {
		checked.Lines = append(checked.Lines, shown(c, l, texts[i]))
	}
	checked.count("d" + p.Root.Name() + "/d" + p.By[0].Name())
	return checked, nil
}

// read reads formulas.
func read(text string) (*formulary.Problem, error) {
	if strayed := claim.Take([]formula.File{{Text: text}}); len(strayed) > 0 {
		s := strayed[0]
		return nil, &formula.Error{
			Line: s.Line, Column: s.Left, Text: s.Text,
			Message: s.Name + " is a derivative: write it in a line of its own, below",
		}
	}
	p, err := formulary.Read([]formula.File{{Text: text}}, "", "")
	if err != nil {
		return nil, err
	}
	if n := len(gradus.Topo(p.Root)); n > mostValues {
		return nil, fmt.Errorf("the graph has %d values; want at most %d", n, mostValues)
	}
	return p, p.Finite()
}

// picture draws the graph without its gradients, which are the answers.
func picture(p *formulary.Problem, text string) (string, error) {
	g, err := formula.Read(text)
	if err != nil {
		return "", err
	}
	fold := draw.FoldAuto
	if len(g.Names()) <= mostNames {
		fold = draw.FoldNames
	}
	return draw.Folded(g.Value(p.Root.Name()), fold), nil
}

// shown returns what the view shows of a line.
func shown(c *chain.Chain, l claim.Line, text string) Line {
	s := Line{Name: l.Name, State: l.State, Says: l.Says, Slips: l.Slips, Pieces: []Piece{{Text: text}}}
	switch {
	case l.Err != nil:
		s.Note = &written.NotesOf(l.Err)[0]
		if e := new(formula.Error); errors.As(l.Err, &e) {
			s.Pieces = cut(text, "fault", []formula.Part{{From: e.Column - 1, To: e.Column}})
		}
	case l.Place != nil:
		mark := "wrong"
		if l.Place.Gap {
			mark = "gap"
		}
		parts := slices.Clone(l.Place.Parts)
		for i := range parts {
			parts[i].From += l.Column - 1
			parts[i].To += l.Column - 1
		}
		s.Pieces, s.Factor = cut(text, mark, parts), l.Place.Factor
		for _, f := range c.Factors() {
			if f.String() == s.Factor {
				s.Edge = node(c, f.By) + "-" + node(c, f.Of)
			}
		}
	case l.State == claim.Right:
		if key, err := c.Read(l.Name); err == nil && key.Of == 0 && len(key.By) == 1 && !key.Local {
			s.Node, s.Value = node(c, c.Named[key.By[0]]), written.Of(l.Finding.Right).Text
		}
	}
	return s
}

// node returns the id of a value in the picture.
func node(c *chain.Chain, v *gradus.Value) string {
	return fmt.Sprint("n", slices.Index(gradus.Topo(c.Named[0]), v))
}

// cut returns a text in pieces, of which the parts are marked. A part behind the end marks what is before it.
func cut(text, mark string, parts []formula.Part) (pieces []Piece) {
	characters, last := []rune(text), 0
	add := func(to int, mark string) {
		if to = min(to, len(characters)); to > last {
			pieces = append(pieces, Piece{string(characters[last:to]), mark})
			last = to
		}
	}
	for _, p := range parts {
		add(min(p.From, len(characters)-1), "")
		add(p.To, mark)
	}
	add(len(characters), "")
	return pieces
}

// count counts the lines that are right, and says how far the learner is.
func (c *Checked) count(example string) {
	for _, l := range c.Lines {
		if l.State != claim.Blank {
			c.All++
		}
		if l.State == claim.Right {
			c.Right++
		}
	}
	c.Says = fmt.Sprintf("%d of %d right.", c.Right, c.All)
	switch {
	case c.All == 0:
		c.Says = "Write a derivative, such as " + example + " = …"
	case c.Right == c.All && c.All == 1:
		c.Says = "It is right. Well done."
	case c.Right == c.All:
		c.Says = fmt.Sprintf("All %d are right. Well done.", c.All)
	}
}
