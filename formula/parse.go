package formula

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// A parser reads one formula by recursive descent: a method for each kind of operator, and those that
// bind less call those that bind more.
type parser struct {
	tokens    []token
	next      int
	depth     int                    // of brackets and the like
	known     func(name string) bool // nil if only the formula says what is a name
	lookup    func(name string) *gradus.Value
	undefined func(t token)
	parts     map[*gradus.Value]Part // nil if nobody asks for them
}

// maxDepth bounds the depth of brackets, so that no text takes all memory for the stack.
const maxDepth = 1000

// parse returns the Value of the formula that p has. It finds those of names with lookup, which returns nil
// for one that is not defined, and calls undefined for that.
func (p *parser) parse() *gradus.Value {
	z := p.sum()
	if t := p.peek(); t.kind != end {
		p.failAt(t)
	}
	return z
}

// failAt says that a token does not belong where it stands.
func (p *parser) failAt(t token) {
	switch {
	case isClosed(t):
		fail(t.at, "there is no bracket that this one closes")
	case t.text == "=":
		failEquals(t)
	case t.kind == name || t.kind == number:
		fail(t.at, "%s follows %s; want an operator between them, such as *", t, p.tokens[p.next-1])
	}
	want := "an operator or the end of the formula"
	if t.text == "," && p.tokens[p.next-1].kind == number {
		want += ", and a point, not a comma, in a number"
	}
	fail(t.at, "%s follows %s; want %s", t, p.tokens[p.next-1], want)
}

func failEquals(t token) {
	fail(t.at, "= stands in a formula; want one definition on a line, or semicolons between them")
}

// String returns what an error calls the token.
func (t token) String() string {
	switch {
	case t.kind == number && t.text == "":
		return strconv.FormatFloat(t.number, 'g', -1, 64)
	case t.kind == superscript:
		return "the exponent " + strconv.FormatFloat(t.number, 'g', -1, 64)
	case t.kind == end && t.text == "":
		return "the end"
	}
	return t.text
}

func (p *parser) peek() token { return p.tokens[min(p.next, len(p.tokens)-1)] }

// takes reports whether the next token is a sign, and goes past it.
func (p *parser) takes(text string) bool {
	if t := p.peek(); t.kind != sign || t.text != text {
		return false
	}
	p.next++
	return true
}

// apply returns op at x.
func (p *parser) apply(op *gradus.Op, t token, x ...*gradus.Value) *gradus.Value {
	defer func() {
		if r := recover(); r != nil { // too few operands, or too many
			message, _ := r.(string)
			fail(t.at, "%s", strings.TrimPrefix(message, "gradus: "))
		}
	}()
	z, from := op.Apply(x...), t.at.column-1
	if len(x) > 0 && p.parts != nil {
		from = min(from, p.parts[x[0]].From)
	}
	return p.mark(z, from)
}

// mark notes that the text of a Value ends here.
func (p *parser) mark(z *gradus.Value, from int) *gradus.Value {
	if p.parts != nil && z != nil {
		p.parts[z] = Part{from, p.tokens[p.next-1].to - 1}
	}
	return z
}

// sum reads a + b − c.
func (p *parser) sum() *gradus.Value {
	z := p.term()
	for {
		switch t := p.peek(); {
		case p.takes("+"):
			z = p.apply(ops["+"], t, z, p.term())
		case p.takes("−"):
			z = p.apply(ops["−"], t, z, p.term())
		default:
			return z
		}
	}
}

// term reads a·b/c.
func (p *parser) term() *gradus.Value {
	z, _ := p.factor()
	for {
		switch t := p.peek(); {
		case p.takes("·"):
			y, _ := p.factor()
			z = p.apply(ops["·"], t, z, y)
		case p.takes("/"):
			y, isProduct := p.factor()
			if isProduct {
				fail(t.at, "a/bc may be (a/b)·c or a/(b·c); want brackets, or a sign between b and c")
			}
			z = p.apply(ops["/"], t, z, y)
		default:
			return z
		}
	}
}

// factor reads −a, or what binds more. It reports whether that is a product without a sign.
func (p *parser) factor() (z *gradus.Value, isProduct bool) {
	t := p.peek()
	if x, ok := p.negativeNumber(); ok {
		return p.mark(gradus.Const(x), t.at.column-1), false
	}
	if p.takes("−") {
		p.enter(t)
		defer p.leave()
		z, isProduct = p.factor()
		return p.apply(ops["neg"], t, z), isProduct
	}
	return p.juxtaposed()
}

// negativeNumber reads − and a number that belongs to nothing else: −2 in −2·x, but not in −2x or −2².
func (p *parser) negativeNumber() (x float64, ok bool) {
	if p.peek().text != "−" || p.tokens[p.next+1].kind != number {
		return 0, false
	}
	after := p.tokens[p.next+2]
	goesOn := []string{"^", "(", "[", "√"}
	if after.kind != end && (after.kind != sign || slices.Contains(goesOn, after.text)) {
		return 0, false
	}
	p.next += 2
	return -p.tokens[p.next-1].number, true
}

// enter and leave count how deep what is being read is nested: t is a bracket, or a sign before it.
func (p *parser) enter(t token) {
	if p.depth++; p.depth > maxDepth {
		fail(t.at, "brackets and signs are nested more than %d deep", maxDepth)
	}
}

func (p *parser) leave() { p.depth-- }

// juxtaposed reads 2a(b + 1), a product without signs, or what binds more.
func (p *parser) juxtaposed() (z *gradus.Value, isProduct bool) {
	z, open := p.power()
	for p.isProduct() {
		t := p.peek()
		if open != "" {
			fail(t.at, "%[1]sbc may be (%[1]sb)·c or %[1]s(b·c); want brackets, or a sign between b and c", open)
		}
		var y *gradus.Value
		y, open = p.power()
		z, isProduct = p.apply(ops["·"], t, z, y), true
	}
	return z, isProduct
}

// isProduct reports whether the next token begins a factor that needs no sign before it.
func (p *parser) isProduct() bool {
	before, t := p.tokens[p.next-1], p.peek()
	switch {
	case t.text == "(" || t.text == "[":
		return true
	case t.kind != name && t.text != "√":
		return false
	}
	return before.kind == number || before.kind == superscript || isClosed(before)
}

// isClosed reports whether a token closes brackets.
func isClosed(t token) bool { return t.text == ")" || t.text == "]" }

// power reads a² and a^b, or what binds more. If it ends with the operand of a sign that might have taken
// what follows, too, open is that sign and what stands before it: a^ or √.
func (p *parser) power() (z *gradus.Value, open string) {
	first := p.peek()
	z = p.operand()
	t := p.peek()
	if first.text == "√" {
		if t.kind == superscript || t.text == "^" {
			fail(t.at, "√a² may be (√a)² or √(a²); want brackets")
		}
		if !isClosed(p.tokens[p.next-1]) {
			open = "√"
		}
		return z, open
	}
	switch {
	case t.kind == superscript && t.number == 2:
		p.next++
		return p.apply(ops["square"], t, z), ""
	case t.kind == superscript:
		p.next++
		return p.apply(ops["^"], t, z, p.mark(gradus.Const(t.number), t.at.column-1)), ""
	case p.takes("^"):
		p.enter(t)
		defer p.leave()
		return p.apply(ops["^"], t, z, p.exponent()), "a^"
	}
	return z, ""
}

// exponent reads what may follow ^: −a, or a power, so that a^b^c is a^(b^c).
func (p *parser) exponent() *gradus.Value {
	t := p.peek()
	if x, ok := p.negativeNumber(); ok {
		return p.mark(gradus.Const(x), t.at.column-1)
	}
	if p.takes("−") {
		p.enter(t)
		defer p.leave()
		return p.apply(ops["neg"], t, p.exponent())
	}
	z, _ := p.power()
	return z
}

// named returns the Value of a name.
func (p *parser) named(t token) *gradus.Value {
	if z := p.lookup(t.text); z != nil {
		return z
	}
	if constants[t.text] == 0 {
		p.undefined(t)
	}
	return gradus.Const(constants[t.text])
}

// operand reads a number, a name, a function of operands, or what is in brackets.
func (p *parser) operand() (z *gradus.Value) {
	t := p.peek()
	p.next++
	defer func() { p.mark(z, t.at.column-1) }()
	switch {
	case t.kind == number:
		return gradus.Const(t.number)
	case t.kind == name && function(t.text) == nil:
		return p.named(t)
	}
	p.enter(t)
	defer p.leave()
	switch {
	case t.kind == name:
		return p.call(t)
	case t.text == "(" || t.text == "[":
		z := p.sum()
		p.close(t, map[string]string{"(": ")", "[": "]"}[t.text])
		return z
	case t.text == "|":
		z := p.sum()
		p.close(t, "|")
		return p.apply(ops["abs"], t, z)
	case t.text == "√":
		return p.apply(ops["√"], t, p.operand())
	}
	p.next--
	if t.kind == end {
		fail(t.at, "the formula ends where a number, a name or a bracket was expected")
	}
	fail(t.at, "%s stands where a number, a name or a bracket was expected", t)
	return nil
}

// close reads the bracket that closes the one at t.
func (p *parser) close(t token, bracket string) {
	if p.takes(bracket) {
		return
	}
	if next := p.peek(); next.kind != end {
		p.failAt(next)
	}
	fail(t.at, "the bracket is not closed; want %s", bracket)
}

// call reads the operands of a function.
func (p *parser) call(t token) *gradus.Value {
	op := p.sloped(function(t.text))
	open := p.peek()
	if !p.takes("(") {
		fail(open.at, "%s follows the function %[2]s; want its operands in brackets, as in %[2]s(x)",
			open, t.text)
	}
	var x []*gradus.Value
	for !p.takes(")") {
		x = append(x, p.sum())
		if !p.takes(",") && p.peek().text != ")" {
			p.close(open, ")")
		}
	}
	return p.apply(op, t, x...)
}

// leaky has the usual slope, 0.01.
var leaky = builtin.LeakyReLU.Op()

// sloped reads the slope of LeakyReLU(0.2)(x), which is no product, and returns the op. Other ops have none.
func (p *parser) sloped(op *gradus.Op) *gradus.Op {
	start := p.next
	if op != leaky || !p.takes("(") {
		return op
	}
	slope, ok := p.negativeNumber()
	if t := p.peek(); !ok && t.kind == number {
		slope, ok = t.number, true
		p.next++
	}
	if !ok || !p.takes(")") || p.peek().text != "(" {
		p.next = start
		return op
	}
	if sloped := gradus.LeakyReLU(slope); sloped.Name() != leaky.Name() {
		return sloped
	}
	return leaky
}
