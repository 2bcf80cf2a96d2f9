package gofile

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/formula"
)

// A term is what a result hands on to an operand: a part of the operand's gradient.
type term struct {
	expr
	by   string // the value whose gradient is multiplied by
	rule formula.Expr
}

// A state is what the writer knows of gradients.
type state struct {
	direct map[*item]bool // lanes of results read the same lanes of the item: its gradient is an expression
	terms  map[*item][]term
	// Of the parameters: their terms so far, how many there will be, and whether loops add some of them.
	ofParam  [][]term
	left     []int
	several  []bool // there are more terms than one
	inLoop   []bool
	mustZero bool // some gradient of a parameter is not written as a whole
	needs    map[string]bool
}

// eachEdge calls f for the operands of an item to which it hands gradients on. n is how many of its lanes
// do so, which for a sum are its terms.
func (it *item) eachEdge(f func(k int, r ref, n int)) {
	for k, r := range it.args {
		if !it.active || r.item == nil || !r.active || it.kind == values && ignored(it.op, k) {
			continue
		}
		n := it.n
		if it.kind == total && k == 0 || it.kind == products && it.n == 0 && k < 2 {
			n, r.step = it.terms, 1
		}
		f(k, r, n)
	}
}

// isMatrix reports whether an operand is read by a kernel: W or x of several sums.
func (it *item) isMatrix(k int) bool { return it.kind == products && it.n > 0 && k < 2 }

// plan finds out which gradients are expressions, and counts the terms of the parameters.
func (w *writer) plan() {
	n := w.Params
	w.state = state{
		direct: map[*item]bool{}, terms: map[*item][]term{}, ofParam: make([][]term, n), left: make([]int, n),
		several: make([]bool, n), inLoop: make([]bool, n), needs: map[string]bool{},
	}
	for _, it := range w.order {
		w.direct[it] = it.kind >= values
	}
	for _, it := range w.order {
		for k, r := range it.args { // values are written in place only where lanes are lanes
			if r.item != nil && (it.isMatrix(k) || it.kind == total || it.kind == products && it.n == 0 && k < 2) {
				w.direct[r.item] = w.direct[r.item] && r.n > 0 && r.n == it.terms && r.off == 0 && !it.isMatrix(k)
			} else if r.item != nil {
				w.direct[r.item] = w.direct[r.item] && r.aligned(it.n)
			}
		}
		it.eachEdge(func(k int, r ref, lanes int) {
			if r.kind != params {
				return
			}
			rows, columns := max(lanes, 1), 1
			if it.isMatrix(k) {
				columns = it.terms
			}
			for i := range rows {
				for j := range columns {
					at := r.off + i*r.step + j
					w.several[at] = w.several[at] || w.left[at] > 0
					w.left[at]++
					w.inLoop[at] = w.inLoop[at] || lanes > 0
				}
			}
		})
	}
	if w.isRootParam() {
		w.left[w.root.off]++
	}
	for k, left := range w.left {
		w.mustZero = w.mustZero || left == 0 || w.several[k] && w.inLoop[k]
	}
}

// isRootParam reports whether the output is a parameter itself.
func (w *writer) isRootParam() bool { return w.root.item != nil && w.root.kind == params }

// backward writes the computation of the gradient.
func (w *writer) backward() {
	if w.mustZero {
		w.write("clear(d"+w.array+"[:])", "")
	}
	at := len(w.statements)
	w.write("", "")
	var single []string
	for _, it := range w.order {
		if it.kind < values || !it.active || it == w.root.item {
			continue
		}
		if !w.direct[it] {
			name := w.gradName(it)
			w.grad[it] = name
			if it.n > 0 {
				w.declare(name, it.n)
			} else {
				single = append(single, name)
			}
		}
	}
	if len(single) > 0 {
		w.statements[at].code = "var " + strings.Join(single, ", ") + " float64"
	}
	if w.isRootParam() {
		w.toParam(w.root, 0, term{expr: num(1)})
	}
	for k := len(w.order) - 1; k >= 0; k-- {
		it := w.order[k]
		if it.kind < values || !it.active {
			continue
		}
		g := w.gradient(it)
		w.writeDown(it, w.gradients, g.expr)
		switch it.kind {
		case values:
			w.handOn(it, g)
		case products:
			w.multiplyBack(it, g)
		case total:
			it.eachEdge(func(_ int, r ref, n int) { w.give(r, n, g) })
		}
	}
}

// gradName returns the name of the variable for a gradient.
func (w *writer) gradName(it *item) string {
	if w.counts == nil {
		return fmt.Sprintf("d%d_", it.at)
	}
	return w.derivative(w.value[it])
}

// gradient returns the gradient of an item, in a variable unless it occurs once. As a term, it is what it
// would hand on to an operand with the derivative 1.
func (w *writer) gradient(it *item) term {
	self := term{by: w.label(it), rule: formula.Num(1)}
	if it == w.root.item {
		self.expr = num(1)
		return self
	}
	if name, ok := w.grad[it]; ok {
		self.expr = w.variableOf(it, name)
		return self
	}
	terms := w.terms[it]
	first, rest := firstLine(terms)
	sum := sumOf(first)
	isArray := it.kind == products && it.n > 0 // kernels read it
	once := w.counts != nil && w.counts[fmt.Sprintf("d%d_", it.at)] == 2
	isAtom := sum.kind <= negation && !strings.ContainsAny(sum.text, "(*")
	if !isArray && w.counts != nil && len(terms) == 1 && len(sum.text) <= longest && (isAtom || once) &&
		(!it.named() || sum.kind == constant) {
		return terms[0]
	}
	if sum.kind == constant && len(rest) == 0 && !isArray {
		self.expr = sum
		return self
	}
	name := w.gradName(it)
	w.grad[it], w.raw[name] = name, sum.isRaw()
	if it.n > 0 {
		w.declare(name, it.n)
		w.writeLane(it.n, false, false, name+"[i] = "+sum.text, w.rules(terms, w.label(it)))
		for _, t := range rest {
			w.writeLane(it.n, false, false, name+"[i] += "+t.rounded().text, "")
		}
	} else {
		w.declareSum(name, sum, rest, w.rules(terms, w.label(it)))
	}
	self.expr = w.variableOf(it, name)
	if self.by == "" && len(terms) > 0 { // it has no name: rules go on to the next value, while they are short
		self.by = terms[0].by
		rules := make([]formula.Expr, len(terms))
		for k, t := range terms {
			if rules[k] = t.rule; t.by != self.by {
				self.by = ""
				return self
			}
		}
		if self.rule = formula.Add(rules...); utf8.RuneCountInString(ruleText(self.rule)) > longest {
			self.by = it.self().element(strings.TrimPrefix(name, w.derivativeOf()))
			self.rule = formula.Num(1)
		}
	}
	return self
}

// longestSum is how many characters of a sum stand in one line.
const longestSum = 100

// firstLine returns with how many terms a sum begins that stand in one line, and the others, which are added
// one by one. Numbers at the beginning become one number.
func firstLine(terms []term) (first, rest []term) {
	length, isNumber := 0, true
	for k, t := range terms {
		if isNumber = isNumber && t.kind == constant; isNumber {
			continue
		}
		if length += len(" + " + t.rounded().text); length > longestSum && k > 0 {
			return terms[:k], terms[k:]
		}
	}
	return terms, nil
}

// declareSum writes a variable that is the sum of what its first line has, and the other terms.
func (w *writer) declareSum(name string, first expr, rest []term, rules string) {
	if first.kind == constant {
		first.text = "float64(" + first.text + ")"
	} else if len(rest) > 0 {
		first = first.rounded()
	}
	w.write(name+" := "+first.text, rules)
	w.addRest(name, rest)
}

func (w *writer) addRest(name string, rest []term) {
	for _, t := range rest {
		w.write(name+" += "+t.rounded().text, "")
	}
}

// sumOf adds terms in their order.
func sumOf(terms []term) expr {
	if len(terms) == 0 {
		return num(0)
	}
	x := make([]expr, len(terms))
	for k, t := range terms {
		x[k] = t.expr
	}
	return add(x[0], x[1:]...)
}

// handOn writes what an op hands on to its operands, in the order in which it does.
func (w *writer) handOn(it *item, g term) {
	x, z := w.reads(it.args), expr{}
	if name, ok := w.value[it]; ok {
		z = w.variableOf(it, name)
	}
	if e, ok := w.power[it]; ok {
		z = e
	}
	slopes := ""
	if f := slopesOf[builtin.Of(it.op)]; f != "" {
		slopes = w.names.fresh("slopes")
		w.needs[f] = true
		w.write(fmt.Sprintf("var %s [%d]float64", slopes, len(x)), "")
		w.write(call(f, append([]expr{{text: slopes + "[:]"}}, x...)...).text, "")
	}
	partials := w.partials(it)
	for turn := range it.args {
		k := builtin.Of(it.op).Turn(turn, len(it.args))
		r := it.args[k]
		if r.item == nil || !r.active || ignored(it.op, k) {
			continue
		}
		if slopes != "" {
			z = expr{text: fmt.Sprintf("%s[%d]", slopes, k)}
		}
		t := term{expr: handOn(it.op, k, x, z, g.expr), by: g.by}
		if partials != nil && g.by != "" {
			t.rule = formula.Mul(g.rule, partials[k])
		} else {
			t.by = ""
		}
		w.give(r, it.n, t)
	}
}

// give writes, or notes, a term of the gradient of an operand, of n lanes.
func (w *writer) give(r ref, n int, t term) {
	switch {
	case r.kind == params:
		w.toParam(r, n, t)
	case w.direct[r.item]:
		w.terms[r.item] = append(w.terms[r.item], t)
	default:
		code := r.element(w.grad[r.item]) + " += " + t.rounded().text
		if n == 0 {
			w.write(code, w.rules([]term{t}, w.labelOf(r)))
		} else {
			w.writeLane(n, r.n == 0 || r.step == 0, r.n > 0 && !r.aligned(n), code, w.rules([]term{t}, w.labelOf(r)))
		}
	}
}

// anySeveral reports whether one of the parameters in these rows has several terms.
func (w *writer) anySeveral(r ref, rows, columns int) bool {
	for i := range rows {
		if slices.Contains(w.several[r.off+i*r.step:][:columns], true) {
			return true
		}
	}
	return false
}

// toParam is give for parameters.
func (w *writer) toParam(r ref, n int, t term) {
	at := fmt.Sprintf("d%s[%s]", w.value[r.item], r.index())
	switch {
	case n > 0 && !w.anySeveral(r, n, 1):
		w.writeLane(n, false, false, at+" = "+add(num(0), t.expr).text, w.rules([]term{t}, w.labelOf(r)))
	case n > 0:
		w.writeLane(n, true, false, at+" += "+t.rounded().text, w.rules([]term{t}, w.labelOf(r)))
	case w.inLoop[r.off]:
		w.write(at+" += "+t.rounded().text, w.rules([]term{t}, w.labelOf(r)))
	default:
		k := r.off
		w.ofParam[k] = append(w.ofParam[k], t)
		if w.left[k]--; w.left[k] > 0 {
			return
		}
		first, rest := firstLine(w.ofParam[k])
		sum, rules := sumOf(first), w.rules(w.ofParam[k], w.labelOf(r))
		if w.small {
			name := w.derivative(w.aliases[k])
			w.declareSum(name, sum, rest, rules)
			w.finals[k] = expr{text: name, raw: sum.isRaw()}.rounded().text
		} else {
			w.write(at+" = "+add(num(0), sum).text, rules)
			w.addRest(at, rest)
		}
	}
}

// multiplyBack writes what sums of products hand on: to W the products of their gradients and x, to x
// those with W.
func (w *writer) multiplyBack(it *item, g term) {
	m, x := it.args[0], it.args[1]
	by := func(e expr, rule string) term {
		t := term{expr: mul(g.expr, e), by: g.by}
		if t.by != "" {
			t.rule = formula.Mul(g.rule, w.symbol(rule))
		}
		return t
	}
	it.eachEdge(func(k int, r ref, n int) {
		if !it.isMatrix(k) {
			other := [2]ref{x, m}
			if k == 2 {
				w.give(r, n, g)
				return
			}
			o := other[k]
			o.step = 1
			w.give(r, n, by(w.read(o), w.labelOf(o)))
			return
		}
		if it.isShort() {
			for j := range it.terms {
				rows, column := m, x
				rows.off, column.off, column.step = m.off+j, x.off+j, 0
				if k == 0 {
					w.give(rows, it.n, by(w.read(column), w.labelOf(column)))
				} else {
					w.give(column, it.n, by(w.read(rows), w.labelOf(rows)))
				}
			}
			return
		}
		to := "d" + w.array
		if r.kind != params {
			to = w.grad[r.item]
		}
		dz := w.grad[it] + "[:]"
		var f, code string
		if k == 0 {
			f = "addOuter"
			if r.kind == params && !w.anySeveral(r, it.n, it.terms) {
				f = "setOuter"
			}
			code = fmt.Sprintf("%s(%s[%d:], %d, %s, %s)", f, to, m.off, m.step, dz, x.slice(w.value[x.item], it.terms))
		} else {
			f = "addTransposed"
			code = fmt.Sprintf("%s(%s, %s[%d:], %d, %s)", f, x.slice(to, it.terms), w.value[m.item], m.off, m.step, dz)
		}
		w.needs[f] = true
		z := w.label(it)
		rows := fmt.Sprintf("%s[%s+j]", w.value[m.item], ref{item: m.item, off: m.off, step: m.step}.index())
		column := fmt.Sprintf("%s[%s]", w.value[x.item], strings.TrimPrefix(fmt.Sprint(x.off, "+j"), "0+"))
		if k == 1 {
			rows, column = column, rows
		}
		w.write(code, strings.ReplaceAll(fmt.Sprintf("∂%s/∂%s = %s", z, rows, column), "[0+", "["))
	})
}
