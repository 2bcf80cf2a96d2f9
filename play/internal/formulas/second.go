package formulas

import (
	"fmt"
	"math"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/play/internal/written"
	"github.com/gradus-go/gradus/show"
)

// The view shows so many rows and columns of second derivatives, of graphs with so many nodes.
const (
	mostSecond = 8
	mostNodes  = 2000
)

// SecondAsked asks for second derivatives, and for the derivation of the one by First and then by Then.
type SecondAsked struct {
	F     string `json:"f"`
	Of    string `json:"of"`
	By    string `json:"by"`
	First string `json:"first"`
	Then  string `json:"then"`
}

// Seconds are the second derivatives of a result.
type Seconds struct {
	Names      []string           `json:"names"`
	Matrix     [][]written.Number `json:"matrix"`
	First      string             `json:"first"`
	Then       string             `json:"then"`
	Slope      string             `json:"slope"` // the equation of the derivative by First
	Derivation string             `json:"derivation"`
	Note       string             `json:"note"` // in place of the derivation
	Left       string             `json:"left"`
}

// Second returns the second derivatives by the values by which the result is derived.
func Second(a SecondAsked) (Seconds, error) {
	var s Seconds
	asked := Asked{F: a.F, Of: a.Of, By: a.By}
	r, _, err := asked.read()
	if err != nil {
		return s, err
	}
	if n := len(gradus.Topo(r.Root)); n > mostNodes {
		return s, fmt.Errorf("the graph has %d nodes; want at most %d for second derivatives", n, mostNodes)
	}
	if math.IsNaN(r.Root.Data) {
		return s, fmt.Errorf("%s is NaN; want numbers at which it is none", r.Root.Name())
	}
	by := r.By
	if len(by) > mostSecond {
		by = by[:mostSecond]
		s.Left = fmt.Sprintf("The table is about the first %d of %d values.", mostSecond, len(r.By))
	}
	first, then := by[0], by[0]
	for _, v := range by {
		s.Names = append(s.Names, v.Name())
		if v.Name() == a.First {
			first = v
		}
		if v.Name() == a.Then {
			then = v
		}
	}
	for _, row := range gradus.Hessian(r.Root, by...) {
		var numbers []written.Number
		for _, v := range row {
			numbers = append(numbers, written.Of(v.Data))
		}
		s.Matrix = append(s.Matrix, numbers)
	}
	s.First, s.Then = first.Name(), then.Name()
	s.derive(r.Root, first, then)
	return s, nil
}

// derive writes out the derivative of the derivative.
func (s *Seconds) derive(root, first, then *gradus.Value) {
	slope := gradus.Gradient(root, first)[0]
	d := fmt.Sprintf("d%s/d%s", root.Name(), first.Name())
	if slope.Name() != "" { // it is a value of the graph, which keeps its name
		slope = slope.Mul(1)
	}
	slope.As(d)
	if slope.Op() != nil {
		all := show.Computation(slope).MathML()
		s.Slope = "<div class=\"derivation\">" + all[strings.LastIndex(all, equation):]
	}
	if derivation, err := show.Derive(slope, then); err == nil {
		s.Derivation = derivation.MathML()
		return
	}
	s.Note = fmt.Sprintf("%s does not depend on %s, so its derivative by %[2]s is 0.", d, then.Name())
}
