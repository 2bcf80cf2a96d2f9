package formulary

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/finite"
	notation "github.com/gradus-go/gradus/internal/formula"
)

// A Problem is a graph, the value that is derived, and those by which it is.
type Problem struct {
	*formula.Graph
	Root *gradus.Value
	By   []*gradus.Value
}

// A ChoiceError says that a value cannot be derived, or that nothing can be by a value.
type ChoiceError struct {
	Of      bool // the value is the one to be derived
	Message string
}

// Error returns the message.
func (e *ChoiceError) Error() string { return e.Message }

// Read reads texts and finds the values that are called of and, in a list with commas, by. Backward has run
// then. Without a name, of is the last result, and by are the parameters on which it depends, or else the
// inputs.
//
// The error is one of formula.ReadFiles, a *ChoiceError about of or by, or a sentence.
func Read(texts []formula.File, of, by string) (*Problem, error) {
	g, err := formula.ReadFiles(texts...)
	if err != nil {
		return nil, err
	}
	if len(g.Results) == 0 {
		return nil, errors.New("there are numbers, but no formula; want one such as y = 2x + 1")
	}
	p := &Problem{Graph: g, Root: g.Results[len(g.Results)-1]}
	if of != "" {
		if p.Root = g.Value(of); p.Root == nil {
			return nil, choice(true, "%s is not defined; the names are %s", of, strings.Join(g.Names(), ", "))
		}
	}
	if p.Root.Op() == nil {
		return nil, choice(true, "%s is a number; want the name of a formula", of)
	}
	p.Root.Backward()
	if by != "" {
		return p, p.find(by)
	}
	for _, p.By = range [][]*gradus.Value{g.Parameters, g.Inputs} {
		p.By = slices.DeleteFunc(slices.Clone(p.By), func(v *gradus.Value) bool { return !v.HasGrad() })
		if len(p.By) > 0 {
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s depends on no number with a name; want one such as x in y = 2x", p.Root.Name())
}

func choice(of bool, format string, args ...any) error {
	return &ChoiceError{Of: of, Message: fmt.Sprintf(format, args...)}
}

// find sets By to the values with the names in a list.
func (p *Problem) find(list string) error {
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		switch v := p.Value(name); {
		case name == "":
			return choice(false, "there is no name before or after a comma in %q; want names, as in W2,b2", list)
		case v == nil:
			return choice(false, "%s is not defined; the names are %s", name, strings.Join(p.Names(), ", "))
		case v.IsConst():
			return choice(false, "%s is a constant; nothing is differentiated with respect to it", name)
		case !v.HasGrad():
			return choice(false, "%s does not depend on %s", p.Root.Name(), name)
		case !slices.Contains(p.By, v):
			p.By = append(p.By, v)
		}
	}
	return nil
}

// NumbersLast puts the texts that define numbers alone behind the others, so that the numbers take the place
// of those that the others have.
func NumbersLast(texts []formula.File) []formula.File {
	var formulas, numbers []formula.File
	for _, text := range texts {
		g, err := formula.Read(text.Text)
		if err == nil && len(g.Names()) == len(g.Inputs)+len(g.Parameters)+len(g.Constants) {
			numbers = append(numbers, text)
		} else {
			formulas = append(formulas, text)
		}
	}
	return append(formulas, numbers...)
}

// Finite returns an error if the number of the result or a derivative is not finite.
func (p *Problem) Finite() error {
	for _, v := range p.By {
		if !finite.All(p.Root.Data, v.Grad) {
			return fmt.Errorf("%[1]s is %[2]s, and d%[1]s/d%[3]s is %[4]s; want numbers at which both are finite",
				p.Root.Name(), notation.Exact(p.Root.Data), v.Name(), notation.Exact(v.Grad))
		}
	}
	return nil
}

// Kind returns what a value is called: formula, constant, input or parameter.
func (p *Problem) Kind(v *gradus.Value) string {
	switch {
	case v.Op() != nil:
		return "formula"
	case v.IsConst():
		return "constant"
	case slices.Contains(p.Inputs, v):
		return "input"
	}
	return "parameter"
}
