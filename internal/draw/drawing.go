package draw

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/naming"
)

// A drawing is a graph, folded, with all texts that a picture of it shows. Each format
// writes it in its own way.
type drawing struct {
	title string
	nodes []drawn // operands before results
	links []link
}

// A drawn node is one value, or a block of several.
type drawn struct {
	id      string // of the first value in it
	role    role
	text    [4]string // name, op, data and gradient; "" for what it lacks
	pending bool      // a gradient in it is not computed; false if all are constants
	block   bool
	unnamed bool // the name is a formula
	room    int  // the characters of the longest line that the page will write in it
}

// A link is an arrow from one node to another, by their places in drawing.nodes.
type link struct {
	id       string
	from, to int
}

// A role decides the shape and the colour of a node. It is also the class of the node in the
// formats that have classes.
type role string

const (
	leaf      role = "leaf" // an input or a parameter
	constant  role = "const"
	operation role = "op"
	result    role = "root"
	more      role = "more" // stands for operands that are left out
)

const (
	maxLine     = 34 // characters that a line in a node has at most
	maxOperands = 60 // a formula of more values is not written out
)

// pendingText takes the place of a gradient that is not computed.
const pendingText = "no grad yet"

// refusal returns the drawing of advice, in place of a graph that is too large.
func refusal(nodes int) drawing {
	advice := fmt.Sprintf("%d values are too many to draw. Give those that belong together names"+
		" such as w[1] and w[2].", nodes)
	return drawing{advice, []drawn{{id: "n0", role: result, text: [4]string{1: advice}}}, nil}
}

// draw returns the drawing of groups of nodes.
func (m *Model) draw(groups [][]int, links []link) drawing {
	folded := len(groups) < len(m.Nodes)
	d := drawing{title: fmt.Sprintf("Graph of %s: %d nodes", clean(formula.Name(m.Root())), len(m.Nodes))}
	if folded {
		d.title += fmt.Sprintf(", folded into %d", len(groups))
	}
	for _, members := range groups {
		if len(members) == 1 {
			d.nodes = append(d.nodes, m.single(members[0], folded))
		} else {
			d.nodes = append(d.nodes, m.block(members))
		}
	}
	for _, l := range links {
		if l.id == "" {
			l.id = d.nodes[l.from].id + "-" + d.nodes[l.to].id
		}
		d.links = append(d.links, l)
	}
	return d
}

// single draws one value.
func (m *Model) single(i int, folded bool) drawn {
	v := m.Nodes[i]
	n := drawn{id: nodeID(i), role: operation, pending: !v.HasGrad() && !v.IsConst()}
	n.text = [4]string{cleanName(v.Name()), "", "data " + formula.Text.Number(v.Data), ""}
	switch {
	case n.pending:
		n.text[3] = pendingText
	case !v.IsConst():
		n.text[3] = "grad " + formula.Text.Number(v.Grad)
	}
	switch {
	case v.Op() != nil && folded:
		n.text[1] = m.formula(i)
	case v.Op() != nil:
		n.text[1] = clean(Sign(v.Op()))
	case v.IsConst():
		n.role = constant
	default:
		n.role = leaf
	}
	if v == m.Root() {
		n.role = result
	}
	return n
}

// Sign returns the name of an op as a picture shows it. The dot of a product is hard to see alone.
func Sign(op *gradus.Op) string {
	if builtin.Of(op) == builtin.Mul {
		return "×"
	}
	return op.Name()
}

// formula returns the formula of node i, or, if it has more than maxOperands values, their number.
func (m *Model) formula(i int) string {
	named, unnamed := m.sources(i)
	if size := len(named) + unnamed; size > maxOperands {
		return fmt.Sprintf("= … of %d values", size)
	}
	return clean("= " + formula.Text.Write(formula.Expand(m.Nodes[i]), formula.InSum))
}

// block draws several values as one. Constants among them count for the range of the data,
// and not for the gradient.
func (m *Model) block(members []int) drawn {
	n := drawn{id: nodeID(members[0]), role: constant, block: true}
	first := m.Nodes[members[0]].Name()
	name, low, high, steepest := naming.Pattern(first), math.Inf(1), math.Inf(-1), 0.0
	for _, i := range members {
		v := m.Nodes[i]
		low, high = min(low, v.Data), max(high, v.Data)
		if !v.IsConst() {
			steepest = max(steepest, math.Abs(v.Grad))
			n.pending = n.pending || !v.HasGrad()
			if n.role == constant {
				n.role = leaf
			}
		}
		if v.Op() != nil {
			n.role = operation
		}
		if naming.Pattern(v.Name()) != name {
			name = layer(first)
		}
	}
	n.text = [4]string{
		cleanName(name), fmt.Sprintf("%d values", len(members)),
		"data " + formula.Text.Number(low) + " … " + formula.Text.Number(high), "",
	}
	switch {
	case n.pending:
		n.text[3] = pendingText
	case n.role != constant:
		n.text[3] = "max |grad| " + formula.Text.Number(steepest)
	}
	return n
}

// lines returns the texts of a node that are not empty.
func (n drawn) lines() []string {
	return slices.DeleteFunc(n.text[:], func(s string) bool { return s == "" })
}

// clean returns a text as one line that every format can hold: without control characters,
// and shortened if it is too wide for a node.
func clean(s string) string { return formula.Shorten(printable(s), maxLine) }

// cleanName is clean for a name.
func cleanName(s string) string { return formula.ShortenName(printable(s), maxLine) }

// printable returns a text with a space in place of each character that cannot be printed.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
}
