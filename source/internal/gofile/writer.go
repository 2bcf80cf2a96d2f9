package gofile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// A writer writes the body of the function. It does so twice: the first time every number has a variable;
// the second time it writes those in place that occur once.
type writer struct {
	*graph
	order    []*item
	names    *names
	counts   map[string]int // how often each variable occurs, from the first time; nil before
	root     ref
	array    string // the name of the parameters
	result   string // its variable
	rootName string // its label, or else the variable
	small    bool   // the parameters and their gradients are variables
	value    map[*item]string
	grad     map[*item]string
	aliases  []string                 // the variables of the parameters; "" where there is none
	finals   []string                 // the variables of their gradients, and then what is returned of them
	power    map[*item]expr           // of softplus: exp(−|x|)
	raw      map[string]bool          // the variables that hold products which are not rounded
	inline   map[*item]expr           // what has no variable
	values   map[string]*gradus.Value // for formulas, by how the file calls them
	of       map[*item]*gradus.Value

	reporting
	statements []statement
	arrays     map[int][]string // to declare, by length
	sizes      []int
	state
}

// A statement is a line of the file.
type statement struct {
	code, comment string
	n             int  // it is done for all lanes i < n, or once if that is 0
	ordered       bool // in Backward, from the last lane to the first
	alone         bool // not in one loop with its neighbours
}

func (w *writer) write(code, comment string) {
	w.statements = append(w.statements, statement{code: code, comment: comment})
}

func (w *writer) writeLane(n int, ordered, alone bool, code, comment string) {
	w.statements = append(w.statements, statement{code, comment, n, ordered, alone})
}

// declare declares an array.
func (w *writer) declare(name string, n int) {
	if w.arrays[n] == nil {
		w.sizes = append(w.sizes, n)
	}
	w.arrays[n] = append(w.arrays[n], name)
}

// index returns how to write the place of an operand in an array.
func (r ref) index() string {
	switch {
	case r.step == 0:
		return fmt.Sprint(r.off)
	case r.step == 1 && r.off == 0:
		return "i"
	case r.step == 1:
		return fmt.Sprint("i+", r.off)
	case r.step == -1:
		return fmt.Sprint(r.off, "-i")
	case r.off == 0:
		return fmt.Sprint(r.step, "*i")
	case r.step < 0:
		return fmt.Sprint(r.off, "-", -r.step, "*i")
	}
	return fmt.Sprint(r.off, "+", r.step, "*i")
}

// element returns how to write the number of an operand, in an array of this name if there are several.
func (r ref) element(name string) string {
	if r.n == 0 && r.kind != params {
		return name
	}
	return name + "[" + r.index() + "]"
}

// slice returns how to write n numbers of an operand side by side.
func (r ref) slice(name string, n int) string {
	if r.off == 0 && n == r.n {
		return name + "[:]"
	}
	return fmt.Sprintf("%s[%d:%d]", name, r.off, r.off+n)
}

// read returns the expression of an operand.
func (w *writer) read(r ref) expr {
	if r.item == nil {
		return num(r.c)
	}
	if e, ok := w.inline[r.item]; ok {
		return e
	}
	if r.kind == params && r.step == 0 && w.aliases[r.off] != "" {
		return expr{text: w.aliases[r.off]}
	}
	return expr{text: r.element(w.value[r.item]), raw: w.raw[w.value[r.item]]}
}

// reads returns the expressions of all operands.
func (w *writer) reads(args []ref) []expr {
	x := make([]expr, len(args))
	for k, r := range args {
		x[k] = w.read(r)
	}
	return x
}

// self returns the operand that is the item itself, lane by lane.
func (it *item) self() ref { return ref{item: it, step: min(it.n, 1)} }

// variable returns the name of the variable of an item, which it makes up if that is not a label.
func (w *writer) variable(it *item) string {
	switch {
	case it == w.root.item:
		return w.result
	case w.counts == nil:
		return fmt.Sprintf("v%d_", it.at)
	}
	other := map[itemKind]string{values: "v", products: "z", total: "s"}[it.kind]
	label := it.label
	if it.n > 0 {
		label = w.stem(it)
	}
	return w.names.of(label, other)
}

// variableOf returns the variable of this name as the number of an item, lane by lane.
func (w *writer) variableOf(it *item, name string) expr {
	return expr{text: it.self().element(name), raw: w.raw[name]}
}

// stem returns what the labels of several numbers have in common: layer1 of layer1.a1 to layer1.a9.
func (w *writer) stem(it *item) string {
	common := w.Names[it.nodes[0]]
	for _, i := range it.nodes {
		name := w.Names[i]
		for !strings.HasPrefix(name, common) {
			common = common[:len(common)-1]
		}
	}
	return strings.TrimRight(common, "0123456789.[_,(₀₁₂₃₄₅₆₇₈₉")
}

// named reports whether an item is a single number with a label: it gets a variable in any case.
func (it *item) named() bool { return it.n == 0 && it.label != "" }

// longest is how long an expression may be that is written in place of a variable.
const longest = 60

// forward writes the computation of the output.
func (w *writer) forward() {
	for _, it := range w.order {
		switch it.kind {
		case values:
			w.compute(it)
		case products:
			w.multiply(it)
		case total:
			w.sum(it)
		}
		if name, ok := w.value[it]; ok && it.kind >= values {
			w.writeDown(it, w.results, w.variableOf(it, name))
		}
	}
}

// compute writes the computation of op, of a number or of lanes.
func (w *writer) compute(it *item) {
	x := w.reads(it.args)
	e := value(it.op, x)
	if it.active && builtin.Of(it.op) == builtin.Softplus { // its derivative needs the exponential, too
		power := w.exponential(it, x[0])
		e = add(call("math.Max", x[0], num(0)), call("math.Log1p", power))
	}
	if it != w.root.item && w.counts != nil && !it.named() && w.counts[fmt.Sprintf("v%d_", it.at)] == 2 &&
		w.direct[it] && len(e.text) <= longest {
		w.inline[it] = e
		return
	}
	name := w.variable(it)
	w.value[it], w.raw[name] = name, e.isRaw()
	switch {
	case it.n > 0:
		w.declare(name, it.n)
		w.writeLane(it.n, false, it.crosses(), name+"[i] = "+e.text, "")
	case it == w.root.item:
		w.write(name+" = "+e.text, "")
	default:
		w.write(name+" := "+e.text, "")
	}
}

// exponential writes e^(−|x|), as a number or lane by lane.
func (w *writer) exponential(it *item, x expr) expr {
	name := w.names.fresh("e")
	power := expr{text: it.self().element(name)}
	w.power[it] = power
	code := power.text + " = " + call("math.Exp", call("math.Copysign", x, num(-1))).text
	rule := "exp(−|" + x.text + "|)"
	if it.n > 0 {
		w.declare(name, it.n)
		w.writeLane(it.n, false, true, code, rule)
	} else {
		w.write(strings.Replace(code, " = ", " := ", 1), rule)
	}
	return power
}

// crosses reports whether a lane reads other lanes of what is computed.
func (it *item) crosses() bool {
	return slices.ContainsFunc(it.args, func(r ref) bool {
		return r.item != nil && r.kind >= values && r.n > 0 && !r.aligned(it.n)
	})
}

// multiply writes the computation of sums of products.
func (w *writer) multiply(it *item) {
	name := w.variable(it)
	w.value[it] = name
	m, x := it.args[0], it.args[1]
	first, from := num(0), 0
	switch it.start {
	case fromFirst:
		head := x
		head.step = 0
		first, from = mul(w.read(m), w.read(head)), 1
	case fromValue:
		first = w.read(it.args[2])
	}
	first = first.rounded()
	rest := it.terms - from
	m.off, x.off = m.off+from, x.off+from
	if it.n == 0 {
		head := m
		if head.step = 0; it.start == fromFirst {
			head.off--
			first = mul(w.read(head), w.read(ref{item: x.item, off: x.off - 1})).rounded()
		}
		w.begin(it, name, first)
		m.step, x.step = 1, 1
		w.writeLane(rest, false, true, name+" += float64("+w.read(m).text+" * "+w.read(x).text+")", "")
		return
	}
	w.declare(name, it.n)
	if it.isShort() {
		for range rest {
			head := x
			head.step = 0
			first = add(first, mul(w.read(m), w.read(head)))
			m.off, x.off = m.off+1, x.off+1
		}
		w.writeLane(it.n, false, true, name+"[i] = "+first.text, "")
		return
	}
	if it.start != fromZero {
		w.writeLane(it.n, false, true, name+"[i] = "+first.text, "")
	}
	w.needs["addProducts"] = true
	w.write(fmt.Sprintf("addProducts(%s[:], %s[%d:], %d, %s)", name, w.value[m.item], m.off, m.step,
		x.slice(w.value[x.item], rest)), "")
}

// isShort reports whether sums have so few terms that they are written out, and not computed by a kernel.
func (it *item) isShort() bool { return it.terms <= 4 }

// begin declares a single number, which is a result of the function if it is the root.
func (w *writer) begin(it *item, name string, first expr) {
	switch {
	case it == w.root.item:
		w.write(name+" = "+first.text, "")
	case first.is(0):
		w.write("var "+name+" float64", "")
	case first.kind == constant:
		w.write(name+" := float64("+first.text+")", "")
	default:
		w.write(name+" := "+first.text, "")
	}
}

// sum writes the computation of a sum of numbers that lie side by side.
func (w *writer) sum(it *item) {
	name := w.variable(it)
	w.value[it] = name
	x, first, n := it.args[0], num(0), it.terms
	switch it.start {
	case fromFirst:
		first = w.read(ref{item: x.item, off: x.off})
		x.off, n = x.off+1, n-1
	case fromValue:
		first = w.read(it.args[1])
	}
	w.begin(it, name, first.rounded())
	w.writeLane(n, false, true, name+" += "+w.read(x).text, "")
}
