package gofile

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/formula"
)

// label returns what formulas call an item: its label, or its variable; of several numbers, that of lane i.
func (w *writer) label(it *item) string { return w.labelOf(it.self()) }

// labelOf returns what formulas call an operand.
func (w *writer) labelOf(r ref) string {
	if r.item == nil {
		return ""
	}
	if r.kind == params && r.step == 0 && w.Names[r.nodes[r.off]] != "" {
		return w.Names[r.nodes[r.off]]
	}
	if r.kind == params && r.step == 0 && w.aliases[r.off] != "" {
		return w.aliases[r.off]
	}
	if r.named() && r.kind != params {
		return r.label
	}
	if w.value[r.item] == "" { // what has no variable
		return ""
	}
	return r.element(w.value[r.item])
}

// symbol returns a formula that is a name.
func (w *writer) symbol(name string) formula.Expr { return formula.Of(w.leaf(name, 0)) }

// leaf returns the Value that stands for a name in formulas.
func (w *writer) leaf(name string, x float64) *gradus.Value {
	if w.values[name] == nil {
		w.values[name] = gradus.New(x).As(name)
	}
	return w.values[name]
}

// operandValue returns the Value that stands for an operand in formulas: a name or, of what has no
// variable, the graph by which it is computed.
func (w *writer) operandValue(r ref) *gradus.Value {
	if r.item == nil {
		return gradus.Const(r.c)
	}
	if _, ok := w.inline[r.item]; ok {
		return w.valueOf(r.item)
	}
	return w.leaf(w.labelOf(r), w.Data[r.nodes[r.off]])
}

// valueOf returns a Value that is computed as the item is.
func (w *writer) valueOf(it *item) *gradus.Value {
	if w.of[it] == nil {
		var x []*gradus.Value
		for _, r := range it.args {
			x = append(x, w.operandValue(r))
		}
		w.of[it] = it.op.Apply(x...)
		if _, ok := w.inline[it]; !ok {
			w.of[it].As(w.label(it))
		}
	}
	return w.of[it]
}

// mostOperands is how many operands an op has at most whose derivatives are written as rules.
const mostOperands = 20

// partials returns the formulas of the local derivatives, or nil the first time, and for an op that
// selects, whose derivatives depend on the numbers.
func (w *writer) partials(it *item) []formula.Expr {
	k := builtin.Of(it.op)
	if w.counts == nil || k == builtin.Where || k == builtin.Pick || len(it.args) > mostOperands {
		return nil
	}
	return formula.Partials(w.valueOf(it))
}

// longestRule is how many characters a comment has at most.
const longestRule = 80

// rules returns the rules of the terms of a gradient, ∂y/∂W2 = a. Of terms by the same value it is one.
func (w *writer) rules(terms []term, to string) string {
	if w.counts == nil || to == "" {
		return ""
	}
	var by []string
	sums := map[string][]formula.Expr{}
	for _, t := range terms {
		if t.by == "" {
			return ""
		}
		if sums[t.by] == nil {
			by = append(by, t.by)
		}
		sums[t.by] = append(sums[t.by], t.rule)
	}
	var texts []string
	for _, of := range by {
		texts = append(texts, fmt.Sprintf("%s = %s", formula.Text.Derivative(of, to, []string{}),
			ruleText(formula.Add(sums[of]...))))
	}
	return formula.Shorten(strings.Join(texts, ", "), longestRule)
}

// derivative returns the name of the variable for the gradient of a variable.
func (w *writer) derivative(name string) string {
	if name == "" {
		name = w.names.fresh("t")
	}
	return w.names.of(w.derivativeOf()+name, "d")
}

// derivativeOf returns with what the names of the variables for gradients begin: dL_d.
func (w *writer) derivativeOf() string { return "d" + identifier(w.rootName) + "_d" }

// ruleText returns a rule as it stands in a comment.
func ruleText(rule formula.Expr) string { return formula.Text.Write(rule, formula.InSum) }

// isSmall reports whether the parameters become variables: they are few, and no loop touches them.
func (w *writer) isSmall() bool {
	const few = 8
	return w.Params <= few && !slices.Contains(w.inLoop, true)
}
