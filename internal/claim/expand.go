package claim

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
)

// expanded is the right-hand side of a claim with other claims written out: ((y − t)·W2)·a(1 − a) for
// dL/da·a(1 − a).
type expanded struct {
	text     []rune
	from, to []int // for each character the place in the claim of what it stands for
	err      error
	isNumber bool // it has the number of another claim in it
	unread   bool // its own text has a mistake in it
}

// entry returns the claim as package gradcheck takes it. What is computed from a number is one, with the
// rounding of that number.
func (e *expanded) entry(g *formula.Graph) any {
	text := strings.TrimSpace(string(e.text))
	if f, err := formula.Function(text); err == nil && e.isNumber {
		return f(func(name string) float64 { return g.Value(name).Data })
	}
	return text
}

// part returns the part of the claim for which a part of the expanded text stands.
func (e *expanded) part(p formula.Part) formula.Part {
	if p.From >= len(e.from) { // the end
		end := 0
		if n := len(e.to); n > 0 {
			end = e.to[n-1]
		}
		return formula.Part{From: end, To: end + 1}
	}
	return formula.Part{From: e.from[p.From], To: max(e.to[max(p.From, p.To-1)], e.from[p.From])}
}

// maxExpanded bounds the text of an expanded claim.
const maxExpanded = 20_000

// An expander writes claims out, each once.
type expander struct {
	claims []Claim
	names  [][]rune
	graph  *formula.Graph
	all    []*expanded
	open   []int // the claims that are being written out
}

// expand writes claims out. A name of the graph means its value, even if it looks like a derivative.
func expand(claims []Claim, g *formula.Graph) []*expanded {
	x := &expander{claims: claims, graph: g, all: make([]*expanded, len(claims))}
	for _, c := range claims {
		x.names = append(x.names, []rune(plain(c.Name)))
	}
	for i := range claims {
		x.expand(i)
	}
	return x.all
}

// plain returns the name of a derivative with d for ∂ and without spaces.
func plain(name string) string { return strings.NewReplacer("∂", "d", " ", "").Replace(name) }

func (x *expander) expand(i int) *expanded {
	if x.all[i] != nil {
		return x.all[i]
	}
	e := &expanded{}
	if at := slices.Index(x.open, i); at >= 0 {
		e.err = fmt.Errorf("%s is computed from itself", x.claims[i].Name)
		return e
	}
	x.open = append(x.open, i)
	text := []rune(x.claims[i].Right)
	for at := 0; at < len(text) && e.err == nil; {
		k, end := x.reference(text, at)
		if k < 0 {
			e.add(text[at:at+1], at, at+1, 1)
			at++
			continue
		}
		inner := x.expand(k)
		if strings.TrimSpace(string(inner.text)) == "" || inner.err != nil {
			e.err = cause(inner.err, x.claims[k].Name)
			break
		}
		if inner.unread {
			e.err = fmt.Errorf("your line for %s cannot be read yet", x.claims[k].Name)
			break
		}
		e.isNumber = e.isNumber || inner.isNumber || !hasNames(string(inner.text))
		e.add([]rune("("+strings.TrimSpace(string(inner.text))+")"), at, end, 0)
		at = end
	}
	x.open = x.open[:len(x.open)-1]
	if len(e.text) > maxExpanded {
		e.err = fmt.Errorf("with your other derivatives written out, it has more than %d characters", maxExpanded)
	}
	e.unread = e.err == nil && e.parse(x.claims[i], x.graph) != nil
	x.all[i] = e
	return e
}

// hasNames reports whether a formula has names, and is not a number.
func hasNames(text string) (has bool) {
	if f, err := formula.Function(text); err == nil {
		f(func(string) float64 {
			has = true
			return 0
		})
	}
	return has
}

// cause says why another claim cannot be used.
func cause(err error, name string) error {
	if err != nil {
		return err
	}
	return errors.New("there is no answer for " + name + " yet")
}

// add adds characters that stand for those of the claim from one place to another.
func (e *expanded) add(text []rune, from, to, step int) {
	e.text = append(e.text, text...)
	for k := range text {
		e.from, e.to = append(e.from, from+step*k), append(e.to, to)
	}
}

// reference returns the claim whose name begins at a place in a text, and where the name ends, or −1.
func (x *expander) reference(text []rune, at int) (k, end int) {
	if text[at] != 'd' && text[at] != '∂' || at > 0 && inName(text[at-1]) {
		return -1, 0
	}
	for k, name := range x.names {
		if len(name) == 0 {
			continue // a line without a claim
		}
		end, matched := at, 0
		for ; end < len(text) && matched < len(name); end++ {
			switch c := text[end]; {
			case c == ' ' && matched > 0 && (name[matched] == '/' || name[matched-1] == '/'):
			case c == name[matched] || c == '∂' && name[matched] == 'd' || c == '_' && name[matched] == '/':
				matched++
			default:
				matched = len(name) + 1
			}
		}
		if matched == len(name) && (end == len(text) || !inName(text[end])) && !x.isValue(string(text[at:end])) {
			return k, end
		}
	}
	return -1, 0
}

// isValue reports whether a text that looks like a derivative is made of names of the graph.
func (x *expander) isValue(text string) bool {
	above, _, _ := strings.Cut(text, "/")
	return x.graph.Value(strings.TrimSpace(above)) != nil
}

func inName(c rune) bool {
	return unicode.IsLetter(c) || unicode.IsDigit(c) || strings.ContainsRune("_'′₀₁₂₃₄₅₆₇₈₉", c)
}

// parse returns an error of type *[formula.Error] if the text is no formula in the names of a graph. Package
// gradcheck parses it, too, but does not know its place.
func (e *expanded) parse(c Claim, g *formula.Graph) error {
	if e.err != nil {
		column := c.Column + trimmed(c.Right).From
		return &formula.Error{File: c.File, Line: c.Line, Column: column, Text: c.Text, Message: e.err.Error()}
	}
	values := map[string]*gradus.Value{}
	for _, name := range g.Names() {
		values[name] = g.Value(name)
	}
	_, err := formula.Expression(string(e.text), values)
	wrong := new(formula.Error)
	if !errors.As(err, &wrong) {
		return nil
	}
	place := e.part(formula.Part{From: wrong.Column - 1, To: wrong.Column})
	wrong.File, wrong.Line, wrong.Column, wrong.Text = c.File, c.Line, place.From+c.Column, c.Text
	if first, isDerivative := strings.CutPrefix(plain(wrong.Undefined), "d"); isDerivative && first != "" {
		wrong.Message = fmt.Sprintf("%s is not defined; a derivative can stand here if you have a line for it",
			wrong.Undefined)
	}
	return wrong
}
