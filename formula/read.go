package formula

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
)

// constants are the numbers with names of their own. ∞ is a number like ½.
var (
	infinity  = math.Inf(1)
	constants = map[string]float64{"π": math.Pi, "NaN": math.NaN()}
)

// A Graph is what the definitions of a text describe.
type Graph struct {
	Inputs     []*gradus.Value // what the text says is an input, in its order
	Constants  []*gradus.Value // what it says is a constant
	Parameters []*gradus.Value // the other numbers with names
	Results    []*gradus.Value // the formulas that are part of no other one, in the order of the text
	names      []string
	values     map[string]*gradus.Value
}

// Names returns all names that are defined, in the order of the text.
//
// It panics if g is nil.
func (g *Graph) Names() []string {
	g.mustBe("Names")
	return slices.Clone(g.names)
}

// Value returns the Value of a name, or nil if the name is not defined.
//
// It panics if g is nil.
func (g *Graph) Value(name string) *gradus.Value {
	g.mustBe("Value")
	return g.values[name]
}

func (g *Graph) mustBe(method string) {
	if g == nil {
		panic("formula: " + method + ": the Graph is nil, want one that Read returned")
	}
}

// Read returns the graph that texts describe, as the comment of the package says. Each Value has the name
// that the text gives it. A text may use the names of the others. A number in it takes the place of what an
// earlier text has for its name:
//
//	formula.Read("y = w·x; w = 0.5; input x = 1", "x = 3")
//
// An input stays an input, and a constant a constant, unless the later text has another word for it. What was
// a formula is a parameter then: its number no longer depends on others.
//
// An error is one or more of type *[Error], joined by [errors.Join]: one for each definition in which
// there is a fault, ten at most. Of several texts, it calls the first "text 1", and so on.
func Read(texts ...string) (*Graph, error) {
	files := make([]File, len(texts))
	for i, text := range texts {
		if files[i].Text = text; len(texts) > 1 {
			files[i].Name = fmt.Sprint("text ", i+1)
		}
	}
	return ReadFiles(files...)
}

// A File is a text and the name that it has in errors, which may be "".
type File struct{ Name, Text string }

// ReadFiles is [Read] for texts that have names.
func ReadFiles(files ...File) (*Graph, error) {
	r := &reader{files: files, byName: map[string]*definition{}}
	for i, f := range files {
		for n, line := range lines(f.Text) {
			r.lines, r.origins = append(r.lines, line), append(r.origins, origin{i, n + 1})
		}
	}
	r.attempt(func() {
		r.check(strings.Join(r.lines, "\n"))
		r.split()
	})
	r.attempt(r.sort)
	g := &Graph{values: map[string]*gradus.Value{}}
	for _, d := range r.order {
		if d.formula != nil {
			r.attempt(func() { g.values[d.name.text] = d.value(r, g) })
		}
	}
	if len(r.errs) > 0 {
		return nil, r.err()
	}
	g.collect(r.definitions)
	return g, nil
}

// Expression returns the Value of one formula without a name, such as (y − t)·W2. The Values of its names
// are those of names.
//
// The error is of type *[Error].
func Expression(text string, names map[string]*gradus.Value) (*gradus.Value, error) {
	return expression(text, &parser{
		known:     func(name string) bool { return names[name] != nil },
		lookup:    func(name string) *gradus.Value { return names[name] },
		undefined: func(t token) { failUndefined(t, slices.Sorted(maps.Keys(names)), "") },
	})
}

// A Part is the place of a Value in the text of a formula, brackets around it included: the characters from
// From up to To, counted from 0, without that at To.
type Part struct{ From, To int }

// Parts returns one formula as a graph in which each name, where it stands, is a leaf of its own with that
// name, and the place of each Value in the text. The numbers of these leaves are 0.
//
//	z, parts, err := formula.Parts("2(y − t)")
//	parts[z.Parents()[1]] // {1 8}
//
// The error is of type *[Error].
func Parts(text string) (z *gradus.Value, parts map[*gradus.Value]Part, err error) {
	p := withLeaves(func(name string) *gradus.Value { return gradus.New(0).As(name) })
	p.parts = map[*gradus.Value]Part{}
	z, err = expression(text, p)
	return z, p.parts, err
}

// Function returns one formula as a function, which asks value for the numbers of its names:
//
//	f, err := formula.Function("½(y − t)²")
//	loss := f(func(name string) float64 { return numbers[name] })
//
// A name that the formula has twice is asked for twice. π and NaN are not asked for.
//
// The error is of type *[Error].
func Function(text string) (f func(value func(name string) float64) float64, err error) {
	evaluate := func(value func(name string) float64) (*gradus.Value, error) {
		return expression(text, withLeaves(func(name string) *gradus.Value { return gradus.New(value(name)) }))
	}
	if _, err := evaluate(func(string) float64 { return 0 }); err != nil {
		return nil, err
	}
	return func(value func(name string) float64) float64 {
		z, _ := evaluate(value) // whether there is an error does not depend on the numbers
		return z.Data
	}, nil
}

// withLeaves returns a parser for which each name is a new leaf, and π and NaN are constants.
func withLeaves(leaf func(name string) *gradus.Value) *parser {
	return &parser{lookup: func(name string) *gradus.Value {
		if constants[name] != 0 {
			return nil
		}
		return leaf(name)
	}}
}

func expression(text string, p *parser) (z *gradus.Value, err error) {
	r := &reader{lines: lines(text)}
	r.attempt(func() {
		r.check(text)
		tokens := scan(r.lines[0], 1)
		if rest := strings.TrimSpace(strings.Join(r.lines[1:], "")); rest != "" {
			fail(place{2, 1}, "a formula is one line")
		}
		if i := slices.IndexFunc(tokens, func(t token) bool { return t.kind == end }); i < len(tokens)-1 {
			fail(tokens[i].at, "a semicolon ends the formula, want one formula")
		}
		for _, t := range tokens {
			if p.known != nil && p.known(t.suffix) {
				failSuffix(t)
			}
		}
		p.tokens = tokens
		z = p.parse()
	})
	return z, r.err()
}

// A definition is a name and the tokens of its formula, of which the last one is an end.
type definition struct {
	name    token
	kind    string        // "input", "const" or ""
	formula []token       // nil if there is an error in it
	uses    []*definition // the definitions of the names in it
	users   []*definition
	waits   int // for how many of uses
}

// An origin is the index of a text, and the number of a line in it, counted from 1.
type origin struct{ file, line int }

// A reader reads texts as if they were one. A place is one in all lines until the end, when err looks up
// where the line came from.
type reader struct {
	files       []File
	lines       []string
	origins     []origin // of the lines; none if the text is one formula
	tokens      int      // how many there were
	definitions []*definition
	byName      map[string]*definition
	order       []*definition // with each definition after those that it uses
	errs        []*Error
}

const maxErrors = 10

func lines(text string) []string {
	return strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
}

// attempt runs f and keeps the error with which it fails.
func (r *reader) attempt(f func()) {
	if len(r.errs) >= maxErrors {
		return
	}
	if err := try(f); err != nil {
		if err.Line <= len(r.lines) { // or else the whole text is meant
			err.Text = r.lines[err.Line-1]
		}
		r.errs = append(r.errs, err)
	}
}

// err returns the errors in the order of the text, or nil.
func (r *reader) err() error {
	var all []error
	slices.SortStableFunc(r.errs, func(a, b *Error) int {
		return cmp.Or(a.Line-b.Line, a.Column-b.Column)
	})
	for _, err := range r.errs {
		if err.Line <= len(r.origins) {
			from := r.origins[err.Line-1]
			err.File, err.Line = r.files[from.file].Name, from.line
		}
		all = append(all, err)
	}
	if len(all) == 1 {
		return all[0]
	}
	return errors.Join(all...)
}

func (r *reader) check(text string) {
	if len(text) > maxLen {
		has := "the text has"
		if len(r.files) > 1 {
			has = "all texts together have"
		}
		fail(place{1, 1}, "%s %d bytes, want at most %d", has, len(text), maxLen)
	}
	if strings.TrimSpace(text) == "" {
		fail(place{1, 1}, "the text is empty; want a definition such as y = 2x + 1")
	}
}

// split finds the definitions.
func (r *reader) split() {
	for i, line := range r.lines {
		r.attempt(func() {
			for tokens := scan(line, i+1); len(tokens) > 0; {
				n := slices.IndexFunc(tokens, func(t token) bool { return t.kind == end })
				r.statement(tokens[:n:n], tokens[n])
				tokens = tokens[n+1:]
			}
		})
	}
	if len(r.definitions) == 0 && len(r.errs) == 0 {
		fail(place{1, 1}, "there is no definition; want one such as y = 2x + 1")
	}
}

// statement reads definitions that are separated by commas, after the word input or const or none. The token
// last is the end behind them.
func (r *reader) statement(tokens []token, last token) {
	word := ""
	if len(tokens) > 1 && tokens[1].kind == name && (tokens[0].text == "input" || tokens[0].text == "const") {
		word = tokens[0].text
		tokens = tokens[1:]
	}
	for len(tokens) > 0 {
		n := comma(tokens)
		if word != "" && n == len(tokens)-1 {
			r.attempt(func() {
				fail(tokens[n].at, "the word %s is for one line, which ends with a comma; want the next "+
					"definition in this line, or no comma", word)
			})
		}
		stop := last
		if n < len(tokens) {
			stop = token{kind: end, at: tokens[n].at}
		}
		r.attempt(func() { r.define(word, append(tokens[:n:n], stop)) })
		tokens = tokens[min(n+1, len(tokens)):]
	}
}

// comma returns the index of the first comma that is in no brackets, or the number of tokens.
func comma(tokens []token) int {
	depth := 0
	for i, t := range tokens {
		switch t.text {
		case "(", "[":
			depth++
		case ")", "]":
			depth--
		case ",":
			if depth <= 0 {
				return i
			}
		}
	}
	return len(tokens)
}

// define adds the definition that the tokens are.
func (r *reader) define(word string, tokens []token) {
	t := tokens[0]
	switch {
	case t.kind == number:
		fail(t.at, "a definition begins with a name; want name = formula, and a point, not a comma, in a number")
	case t.kind != name:
		fail(t.at, "%s begins no definition; want name = formula", t)
	case tokens[1].text != "=":
		fail(tokens[1].at, "%s follows the name %s; want name = formula", tokens[1], t.text)
	case function(t.text) != nil:
		fail(t.at, "%s is the name of a function; want another name", t.text)
	}
	for _, t := range tokens[2:] {
		if t.text == "=" {
			failEquals(t) // or else x = 3 y = x + 1 would seem to be a cycle
		}
	}
	d := r.byName[t.text]
	switch {
	case d == nil:
		d = &definition{name: t, kind: word}
		r.byName[t.text] = d
		r.definitions = append(r.definitions, d)
	case r.origin(d.name).file == r.origin(t).file || !isNumber(tokens[2:]):
		fail(t.at, "%s is defined twice, first in %s", t.text, r.seenFrom(t, d.name))
	default:
		d.name, d.kind = t, cmp.Or(word, d.kind)
	}
	d.formula = r.ranges(tokens[2:])
}

// origin returns where a token stands.
func (r *reader) origin(t token) origin { return r.origins[t.at.line-1] }

// seenFrom says in which line one token stands, for somebody who reads the line of another.
func (r *reader) seenFrom(t, other token) string {
	from, to := r.origin(t), r.origin(other)
	line := fmt.Sprint("line ", to.line)
	switch name := r.files[to.file].Name; {
	case from.file == to.file:
		return line
	case name != "":
		return line + " of " + name
	}
	return line + " of another text"
}

// isNumber reports whether no name of a value is among the tokens of a formula.
func isNumber(tokens []token) bool {
	return !slices.ContainsFunc(tokens, func(t token) bool {
		return t.kind == name && function(t.text) == nil && constants[t.text] == 0
	})
}

// ranges writes out the ranges in a formula: x1, x2, x3 for x1..x3.
func (r *reader) ranges(tokens []token) (all []token) {
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.text != ".." {
			all = append(all, t)
			continue
		}
		if i < 2 || tokens[i-1].kind != name || tokens[i+1].kind != name ||
			!strings.ContainsAny(tokens[i-2].text, "(,") ||
			tokens[i+2].kind != end && !strings.ContainsAny(tokens[i+2].text, "),") { // a·x1..x3
			fail(t.at, "a range is an operand by itself, two names with a number each, as in sum(x1..x3)")
		}
		for _, name := range r.between(tokens[i-1], tokens[i+1])[1:] {
			all = append(all, token{text: ",", at: t.at}, token{kind: tokens[i].kind, text: name, at: t.at})
			all[len(all)-1].kind = tokens[i-1].kind
		}
		i++
	}
	r.count(len(all), all[0].at)
	return all
}

// count adds n tokens to those that there are, and bounds them.
func (r *reader) count(n int, at place) {
	if n > maxTokens-r.tokens {
		fail(at, "the formulas up to here have more than %d names and signs, with ranges written out", maxTokens)
	}
	r.tokens += n
}

// between returns the names from one to another that differ in the number at their end.
func (r *reader) between(from, to token) (names []string) {
	prefix, first, style := cut(from.text)
	other, last, sameStyle := cut(to.text)
	if prefix != other || style != sameStyle || first < 0 || last < first {
		fail(from.at, "%s..%s is no range; want two names that differ in the number at their end, as x1..x3",
			from.text, to.text)
	}
	r.count(last-first, from.at)
	for i := first; i <= last; i++ {
		digits := strconv.Itoa(i)
		if style == subscripts {
			digits = lowered.Replace(digits)
		}
		names = append(names, prefix+digits)
	}
	return names
}

// lowered and raised turn digits into subscripts and subscripts into digits.
var lowered, raised = digitReplacers()

func digitReplacers() (lowered, raised *strings.Replacer) {
	var low, up []string
	for i, c := range []rune(subscripts) {
		digit := strconv.Itoa(i)
		low, up = append(low, digit, string(c)), append(up, string(c), digit)
	}
	return strings.NewReplacer(low...), strings.NewReplacer(up...)
}

// cut returns a name without the number at its end, and the number, or -1 if it is too large or begins with
// a 0 that it does not need. style is subscripts if the
// digits are.
func cut(name string) (prefix string, n int, style string) {
	for _, style := range []string{"0123456789", subscripts} {
		if prefix = strings.TrimRight(name, style); prefix != name {
			digits := raised.Replace(name[len(prefix):])
			n, err := strconv.Atoi(digits)
			if err != nil || digits != strconv.Itoa(n) { // 01
				n = -1
			}
			return prefix, n, style
		}
	}
	return name, -1, ""
}

// sort puts the definitions into an order in which each comes after those that it uses. This is Kahn's
// algorithm, see [gradus.Topo].
func (r *reader) sort() {
	for _, d := range r.definitions {
		seen := map[*definition]bool{}
		for _, t := range d.formula {
			if r.byName[t.suffix] != nil {
				r.attempt(func() { failSuffix(t) })
			}
			if other := r.byName[t.text]; t.kind == name && other != nil && !seen[other] {
				seen[other] = true
				d.uses = append(d.uses, other)
				other.users = append(other.users, d)
			}
		}
		if d.waits = len(d.uses); d.waits == 0 {
			r.order = append(r.order, d)
		}
	}
	for i := 0; i < len(r.order); i++ {
		for _, d := range r.order[i].users {
			if d.waits--; d.waits == 0 {
				r.order = append(r.order, d)
			}
		}
	}
	if len(r.order) < len(r.definitions) {
		r.failCycle()
	}
}

// failSuffix says that what might be a name is one.
func failSuffix(t token) {
	if t.kind == end {
		failDivision(t.at)
	}
	fail(t.at, "this may be the number %s or a product with %s; want · before %[2]s, or another name", t,
		t.suffix)
}

// failCycle names a cycle. Every definition that waits uses another one that waits.
func (r *reader) failCycle() {
	waits := func(d *definition) bool { return d.waits > 0 }
	d := r.definitions[slices.IndexFunc(r.definitions, waits)]
	seen := map[*definition]int{}
	var path []*definition
	for seen[d] == 0 {
		path = append(path, d)
		seen[d] = len(path)
		d = d.uses[slices.IndexFunc(d.uses, waits)]
	}
	path = path[seen[d]-1:]
	var names []string
	for _, d := range append(path, d) {
		names = append(names, d.name.text)
	}
	if len(names) > 8 {
		names = append(append(names[:4:4], "…"), names[len(names)-3:]...)
	}
	if len(path) == 1 {
		fail(d.name.at, "%s is computed from itself; want another name for the new value", d.name.text)
	}
	fail(d.name.at, "%s is computed from itself: %s", d.name.text, strings.Join(names, " ← "))
}

// advice says what to write in place of names that many expect to be there.
var advice = map[string]string{
	"e": "want exp(x) for e^x", "pi": "want π, or a line such as pi = 3.14159265358979",
	"log10": "want ln(x)/ln(10)", "log2": "want ln(x)/ln(2)",
	"softmax": "it is several numbers; want one, such as exp(x1 − logsumexp(x1..x3)), the first of three",
}

// failUndefined says that a token is none of the names, and what may have been meant, or else what to do.
func failUndefined(t token, names []string, otherwise string) {
	if a := advice[strings.ToLower(t.text)]; a != "" {
		fail(t.at, "%s is not defined; %s", t.text, a)
	}
	message := t.text + " is not defined" + cmp.Or(meant(t.text, append(names, Functions()...)), otherwise)
	panic(&Error{Line: t.at.line, Column: t.at.column, Message: message, Undefined: t.text})
}

func (r *reader) names() (words []string) {
	for _, d := range r.definitions {
		words = append(words, d.name.text)
	}
	return words
}

// value returns the Value of the definition.
func (d *definition) value(r *reader, g *Graph) *gradus.Value {
	p := &parser{tokens: d.formula, lookup: func(name string) *gradus.Value {
		if g.values[name] == nil && r.byName[name] != nil { // in which there is an error
			return gradus.New(math.NaN())
		}
		return g.values[name]
	}}
	p.undefined = func(t token) {
		otherwise := "; want a line such as " + t.text + " = 0.5"
		if p.peek().text == "(" { // with that line, it would be a factor
			otherwise = "; there is no such function, and a factor wants a line such as " + t.text + " = 0.5"
		}
		failUndefined(t, r.names(), otherwise)
	}
	z := p.parse()
	switch {
	case len(d.uses) == 0 && d.kind == "const":
		return gradus.Const(z.Data).As(d.name.text)
	case len(d.uses) == 0:
		return gradus.New(z.Data).As(d.name.text)
	case d.kind != "":
		fail(d.name.at, "%s is computed from other values, so it is no %s; want a number", d.name.text,
			map[string]string{"input": "input", "const": "constant"}[d.kind])
	case z.Name() == "":
		z.As(d.name.text)
	}
	return z // with a name of its own, if the formula is a name
}

// collect fills the fields of g.
func (g *Graph) collect(definitions []*definition) {
	for _, d := range definitions {
		v := g.values[d.name.text]
		g.names = append(g.names, d.name.text)
		switch {
		case d.kind == "input":
			g.Inputs = append(g.Inputs, v)
		case d.kind == "const":
			g.Constants = append(g.Constants, v)
		case d.kind == "" && len(d.uses) == 0:
			g.Parameters = append(g.Parameters, v)
		}
		if len(d.users) == 0 && v.Op() != nil {
			g.Results = append(g.Results, v)
		}
	}
}
