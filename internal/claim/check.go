package claim

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// A State says what became of a line.
type State string

// The states of a line.
const (
	Blank   State = "blank"
	Open    State = "open" // it has no right-hand side yet
	Right   State = "right"
	Almost  State = "almost" // it is right at the given numbers, and not at all others
	Wrong   State = "wrong"
	Follows State = "follows" // it is wrong only because another one is
	Bad     State = "bad"     // it cannot be read
)

// A Line is what is said of a line on which a derivative should stand. It does not say what would be right.
type Line struct {
	Claim
	Formula string // the right-hand side with other lines written out
	State   State
	Says    string   // one sentence or two
	Slips   []string // the usual slips that would explain the mistake
	Place   *Place   // of the mistake, in Claim.Right
	Err     error    // why the line cannot be read
	Finding gradcheck.Finding

	expanded *expanded
}

// Check checks lines with one derivative each, which may lack a right-hand side or be empty. First is
// the line with the mistake that is nearest to the root, or −1.
func Check(root *gradus.Value, g *formula.Graph, texts []string) (lines []Line, first int) {
	var claims []Claim
	for _, text := range texts {
		l := read(text)
		lines, claims = append(lines, l), append(claims, l.Claim)
	}
	d := gradcheck.Derivation{}
	for i, e := range expand(claims, g) {
		l := &lines[i]
		if l.State != Right {
			continue
		}
		l.expanded, l.Formula, l.Err = e, strings.TrimSpace(string(e.text)), e.parse(l.Claim, g)
		if d[l.Name] != nil {
			l.Err = fmt.Errorf("there is a line for %s already", l.Name)
		}
		if l.Err != nil {
			l.State = Bad
		} else {
			d[l.Name] = e.entry(g)
		}
	}
	findings, err := gradcheck.CheckDerivation(root, d)
	for err != nil && attribute(err, lines, d) {
		findings, err = gradcheck.CheckDerivation(root, d)
	}
	first = -1
	for _, f := range findings {
		i := slices.IndexFunc(lines, func(l Line) bool { return l.Name == f.Name && l.State == Right })
		lines[i].explain(root, f)
		if lines[i].State == Wrong && first < 0 {
			first = i
		}
	}
	return lines, first
}

// read reads one line.
func read(text string) Line {
	rest := []formula.File{{Text: text}}
	claims := Take(rest)
	bad := func(message string) Line {
		return Line{State: Bad, Err: &formula.Error{Line: 1, Column: 1, Text: text, Message: message}}
	}
	switch {
	case len(claims) > 1:
		return bad("want one derivative on a line")
	case strings.Trim(rest[0].Text, "; \t\r") != "":
		return bad("want a derivative and its formula, such as dL/dw = (y − t)·x")
	case len(claims) == 0:
		return Line{State: Blank}
	case strings.TrimSpace(claims[0].Right) == "":
		return Line{Claim: claims[0], State: Open}
	}
	return Line{Claim: claims[0], State: Right}
}

// Without returns a line without its answer, such as "dL/dw = ", or "" if there is no derivative on it.
func Without(text string) string {
	if l := read(text); l.Name != "" {
		return l.Name + " = "
	}
	return ""
}

// attribute finds the line that an error of CheckDerivation is about, and takes it out of the derivation.
func attribute(err error, lines []Line, d gradcheck.Derivation) bool {
	for i := len(lines) - 1; i >= 0; i-- {
		l := &lines[i]
		if says, ok := about(err, l.Name); ok && l.State == Right {
			l.State, l.Err = Bad, errors.New(says)
			delete(d, l.Name)
			return true
		}
	}
	return false
}

// explain says what was found about a line, and where its mistake is.
func (l *Line) explain(root *gradus.Value, f gradcheck.Finding) {
	l.Finding = f
	switch {
	case f.OK:
		l.Says = "Right."
		switch {
		case f.Convention:
			l.Says = "Right, by convention: at this kink any number between the two slopes is."
		case f.Sum != nil:
			l.Says = "Right, since " + strings.Join(f.Sum, " + ") + " = 1."
		}
		return
	case f.Follows != nil && f.Slips == nil:
		l.State, l.Says = Follows, "No new mistake: it follows from "+yours(f.Follows)+"."
		return
	}
	written := l.Claim
	written.Right = string(l.expanded.text)
	place := locate(root, written, f, l.expanded.isNumber)
	for i := range place.Parts {
		place.Parts[i] = l.expanded.part(place.Parts[i])
	}
	place.Parts = slices.Compact(place.Parts)
	l.Place = &place
	for _, s := range f.Slips {
		isSaid := s.What == "wrong sign" && strings.Contains(place.Says, "sign")
		what, _, _ := strings.Cut(s.What, "; the missing part is ") // which is part of the answer
		switch {
		case s.Factor != place.Factor || isSaid:
		case place.Gap && strings.HasPrefix(what, "the factor "+strings.TrimSuffix(place.Says, " here")):
			// It is said in the same words.
		case place.Gap && strings.HasPrefix(what, strings.TrimSuffix(place.Says, " here")+": "):
			place.Says = what // the path … is missing: both paths to x must be added
		default:
			l.Slips = append(l.Slips, what)
		}
	}
	says := l.sentence()
	switch {
	case f.Coincidence && f.Slips == nil:
		l.State, l.Says = Almost, "Right at these numbers, but not at all others. "+says
	case f.Follows != nil:
		l.State, l.Says = Follows, "The same slip as in "+yours(f.Follows)+". "+says
	default:
		l.State, l.Says = Wrong, says
	}
}

// sentence says where the mistake is, with the text that is wrong if it is short.
func (l *Line) sentence() string {
	says, marked := l.Place.Says, ""
	for i, part := range l.Place.Parts {
		if i > 0 {
			marked += " and "
		}
		marked += "“" + string([]rune(l.Right)[part.From:part.To]) + "”"
	}
	rest, isThis := strings.CutPrefix(says, "this ")
	switch {
	case says == "":
		says = l.advice()
	case isThis && len(marked) < 40 && !strings.HasPrefix(rest, "minus"):
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "factor "), "term ")
		if len(l.Place.Parts) > 1 {
			rest = strings.NewReplacer("stands", "stand", "is too", "are too").Replace(rest)
		}
		return marked + " " + rest + "."
	case strings.HasPrefix(says, "the sign of this term") && len(marked) < 40:
		says = "the sign of " + marked + " is wrong"
	}
	for _, word := range []string{"this ", "the ", "it ", "look ", "not ", "a ", "one "} {
		if rest, ok := strings.CutPrefix(says, word); ok { // and not the name of a value
			says = strings.ToUpper(word[:1]) + word[1:] + rest
			break
		}
	}
	return says + "."
}

// advice returns what can be said of a mistake whose place was not found.
func (l *Line) advice() string {
	text := l.Finding.String()
	hint, _, _ := strings.Cut(strings.TrimSpace(text[strings.LastIndex(text, "\n")+1:]), "; look at ")
	switch {
	case l.Finding.Slips == nil && strings.HasPrefix(hint, "it is "):
		return hint
	case l.Finding.FirstWrong() == "":
		return "the factors are right; look at how they are put together"
	case strings.TrimLeft(l.Finding.FirstWrong(), "d∂") == strings.TrimLeft(l.Name, "d∂"):
		return "not right yet" // the line is about this one factor
	}
	return "look at " + l.Finding.FirstWrong()
}

// yours returns names as those of the learner's lines.
func yours(names []string) string {
	if n := len(names); n > 1 {
		return "your " + strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return "your " + names[0]
}
