package formula

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// Text writes a graph as definitions, which [Read] reads. Each Value is written by its name. Those that
// need one and have none, or have that of another Value or one that is not a name as Read has it, get
// one: a constant c1, c2 and so on, another leaf p1, p2 and so on, other Values v1, v2 and so on.
//
// Read gives a graph with the same ops at the same operands, so that its Values and gradients are the same
// to the last bit. The text of that graph is the same text.
//
// The error names an op that is none of [gradus.Ops] and that [gradus.LeakyReLU] did not make, which Read
// does not know, or one without operands, which Read would take for a number. Read refuses a text of more
// than a mebibyte.
//
// It panics if a root is nil.
func Text(roots ...*gradus.Value) (string, error) {
	if i := slices.Index(roots, nil); i >= 0 {
		panic(fmt.Sprintf("formula: Text: root %d of %d is nil, want a Value", i+1, len(roots)))
	}
	return write(nil, roots)
}

// String returns the definitions of g. See [Text]. Other names of Values, as L is one after L = y, come last.
//
// It panics if g is nil.
func (g *Graph) String() string {
	g.mustBe("String")
	text, err := write(g.Inputs, slices.Concat(g.Results, g.Inputs, g.Constants, g.Parameters))
	if err != nil {
		return err.Error()
	}
	for _, name := range g.names {
		if first := g.values[name].Name(); first != name {
			text += name + " = " + first + "\n"
		}
	}
	return text
}

// A writer writes a graph.
type writer struct {
	inputs map[*gradus.Value]bool
	names  map[*gradus.Value]string
	taken  map[string]bool
	sizes  map[*gradus.Value]int // how many names, numbers and ops the formula of a Value has
	fresh  map[string]int        // how many names with a letter were made up
}

// maxSize bounds the size of a formula. A part of a larger one gets a name.
const maxSize = 48

func write(inputs, roots []*gradus.Value) (string, error) {
	w := &writer{
		inputs: set(inputs), names: map[*gradus.Value]string{}, taken: map[string]bool{},
		sizes: map[*gradus.Value]int{}, fresh: map[string]int{},
	}
	order := gradus.Topo(roots...)
	uses := map[*gradus.Value]int{}
	for _, v := range order {
		w.taken[v.Name()] = true
		for _, p := range v.Parents() {
			uses[p]++
		}
	}
	isRoot, given := set(roots), map[string]bool{}
	for _, v := range order {
		name := v.Name()
		hasName := isName(name) && function(name) == nil && !given[name] && name != "NaN" // which is a number
		switch {
		case hasName:
			w.names[v], given[name] = name, true
		case v.Op() == nil && !v.IsConst():
			w.invent(v, "p")
		case v.Op() == nil && isRoot[v]:
			w.invent(v, "c")
		case v.Op() != nil && (name != "" || uses[v] > 1 || isRoot[v] || w.size(v) > maxSize):
			w.invent(v, "v")
		}
		if v.Op() != nil && w.names[v] != "" {
			w.mustUseNames(v)
		}
	}
	lines, err := w.lines(order)
	if len(lines) == 0 {
		return "", err
	}
	return strings.Join(lines, "\n") + "\n", err
}

func set(values []*gradus.Value) map[*gradus.Value]bool {
	s := map[*gradus.Value]bool{}
	for _, v := range values {
		s[v] = true
	}
	return s
}

// invent gives v a name that begins with a letter.
func (w *writer) invent(v *gradus.Value, letter string) {
	for w.names[v] == "" {
		w.fresh[letter]++
		if name := letter + strconv.Itoa(w.fresh[letter]); !w.taken[name] {
			w.names[v] = name
		}
	}
}

// size returns the size of the formula of v, whose operands have their names and sizes.
func (w *writer) size(v *gradus.Value) int {
	size := 1
	for _, p := range v.Parents() {
		if w.names[p] != "" || p.Op() == nil {
			size++
		} else {
			size += w.sizes[p]
		}
	}
	w.sizes[v] = size
	return size
}

// mustUseNames gives a constant in the formula of v a name if there is no name in it. Without a name, it
// would be read as a number.
func (w *writer) mustUseNames(v *gradus.Value) {
	if !w.usesNames(v) {
		for v.Op() != nil && len(v.Parents()) > 0 {
			v = v.Parents()[0]
		}
		w.invent(v, "c")
	}
}

func (w *writer) usesNames(v *gradus.Value) bool {
	return slices.ContainsFunc(v.Parents(), func(p *gradus.Value) bool {
		return w.names[p] != "" || w.usesNames(p)
	})
}

// lines returns the definitions.
func (w *writer) lines(order []*gradus.Value) ([]string, error) {
	var given, constants, parameters, formulas []string
	for _, v := range order {
		name := w.names[v]
		switch {
		case name == "":
		case v.Op() != nil:
			f, err := w.formula(v)
			if err != nil {
				return nil, err
			}
			formulas = append(formulas, name+" = "+f.text)
		case w.inputs[v]:
			given = append(given, name+" = "+w.numeral(v.Data).text)
		case v.IsConst():
			constants = append(constants, name+" = "+w.numeral(v.Data).text)
		default:
			parameters = append(parameters, name+" = "+w.numeral(v.Data).text)
		}
	}
	lines := append(wrap("input ", given), wrap("const ", constants)...)
	lines = append(lines, wrap("", parameters)...)
	return append(lines, formulas...), nil
}

// wrap returns lines of definitions that begin with a word, of at most 80 columns if they can be.
func wrap(word string, definitions []string) (lines []string) {
	for _, d := range definitions {
		last := len(lines) - 1
		if last < 0 || len([]rune(lines[last]+", "+d)) > 80 {
			lines = append(lines, word+d)
		} else {
			lines[last] += ", " + d
		}
	}
	return lines
}

// A part is a formula, and how much its outermost operator binds.
type part struct {
	text  string
	binds int
}

// How much the operators bind; the numbers tell the methods of a parser apart.
const (
	asSum = iota
	asTerm
	asFactor
	asPower
	asOperand
)

// in returns the formula, in brackets if its operator binds less than it must.
func (f part) in(must int) string {
	if f.binds < must {
		return "(" + f.text + ")"
	}
	return f.text
}

// second returns the formula as a second operand, in brackets if it begins with a sign.
func (f part) second(must int) string {
	if strings.HasPrefix(f.text, "−") {
		must = asOperand + 1
	}
	return f.in(must)
}

// numeral returns a number in the shortest form that reads as the same number. Where a Value is called e,
// that is one without an exponent: Read refuses 2e-08, which may be a product with e.
func (w *writer) numeral(x float64) part {
	format := byte('g')
	if w.taken["e"] {
		format = 'f'
	}
	text := strconv.FormatFloat(math.Abs(x), format, -1, 64)
	switch {
	case math.IsNaN(x):
		return part{"NaN", asOperand}
	case math.IsInf(x, 0):
		text = "∞"
	}
	if math.Signbit(x) {
		return part{"−" + text, asFactor}
	}
	return part{text, asOperand}
}

// operand returns the name or the number of v, or its formula.
func (w *writer) operand(v *gradus.Value) (part, error) {
	switch {
	case w.names[v] != "":
		return part{w.names[v], asOperand}, nil
	case v.Op() == nil:
		return w.numeral(v.Data), nil
	}
	return w.formula(v)
}

// formula returns the formula of v, which is not a leaf.
func (w *writer) formula(v *gradus.Value) (part, error) {
	if len(v.Parents()) == 0 {
		return part{}, fmt.Errorf("formula: the op %s has no operands, so its text would be read as a number",
			v.Op().Name())
	}
	x := make([]part, len(v.Parents()))
	for i, p := range v.Parents() {
		var err error
		if x[i], err = w.operand(p); err != nil {
			return part{}, err
		}
	}
	switch v.Op() {
	case ops["+"]:
		return part{x[0].in(asSum) + " + " + x[1].second(asTerm), asSum}, nil
	case ops["−"]:
		return part{x[0].in(asSum) + " − " + x[1].second(asTerm), asSum}, nil
	case ops["·"]:
		return part{x[0].in(asTerm) + "·" + x[1].second(asPower), asTerm}, nil
	case ops["/"]:
		return part{x[0].in(asTerm) + "/" + x[1].second(asPower), asTerm}, nil
	case ops["neg"]:
		if p := v.Parents()[0]; p.Op() == nil && w.names[p] == "" {
			return part{"−" + x[0].in(asOperand+1), asFactor}, nil // −(2), since −2 is a number
		}
		return part{"−" + x[0].in(asPower), asFactor}, nil
	case ops["^"]:
		return part{x[0].in(asOperand) + "^" + x[1].in(asOperand), asPower}, nil
	case ops["square"]:
		return part{x[0].in(asOperand) + "²", asPower}, nil
	case ops["√"]:
		return part{"√" + x[0].in(asOperand), asPower}, nil
	case ops["abs"]:
		return part{"|" + x[0].text + "|", asOperand}, nil
	}
	word := words[v.Op()]
	if slope, ok := builtin.LeakySlope(v.Op()); word == "" && ok && !math.IsNaN(slope) {
		word = words[leaky] + "(" + w.numeral(slope).text + ")"
	}
	if word == "" {
		return part{}, fmt.Errorf("formula: the op %s is none of gradus.Ops, so it cannot be written as text",
			v.Op().Name())
	}
	texts := make([]string, len(x))
	for i := range x {
		texts[i] = x[i].text
	}
	return part{word + "(" + strings.Join(texts, ", ") + ")", asOperand}, nil
}
