package show

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/gradus-go/gradus/show/internal/formula"
)

// A frame is what the page shows at a time. Nodes and edges are their places in the model,
// -1 if there is none.
type frame struct {
	Say     string        `json:"say,omitempty"`  // the announcement, unless it is a step …
	Step    int           `json:"step,omitempty"` // … of Backward or the recursion, from 1 …
	Note    string        `json:"note,omitempty"` // … and what comes after its sentence
	Node    int           `json:"node"`           // computed, or handing its gradient on …
	Edge    int           `json:"edge"`           // … along
	To      int           `json:"to"`             // … to
	Formula string        `json:"formula,omitempty"`
	Numbers []shown       `json:"numbers,omitempty"` // local derivative, contribution
	Sets    map[int]shown `json:"sets,omitempty"`    // the gradients that change, by node
	Line    string        `json:"line,omitempty"`    // of To, as long as terms are missing
	Right   string        `json:"right,omitempty"`   // what the wrong number should be
	Has     string        `json:"-"`                 // the gradient of Node
	From    string        `json:"-"`                 // its name
	Onto    string        `json:"-"`                 // the name of To
}

// Sum returns what the frame brings a gradient to.
func (f frame) Sum() string { return f.Sets[f.To][0] }

// Steps returns the frames in which a gradient is handed on.
func (p *page) Steps() []frame { return p.Backward[len(p.Backward)-len(p.graph.Edges):] }

// A pageLine is a line of the derivation.
type pageLine struct {
	Node int
	Text string
}

func (p *page) forward() {
	say := "Start: the leaves have their numbers, and nothing else is computed."
	p.Backward = []frame{{Say: say, Node: -1, Edge: -1, To: -1}}
	inner := 0
	for _, n := range p.Nodes {
		if !n.Leaf {
			inner++
		}
	}
	for i, n := range p.Nodes {
		if n.Leaf {
			continue
		}
		f := frame{Node: i, Edge: -1, To: -1}
		f.Say = fmt.Sprintf("Forward %d of %d: %s", len(p.Backward), inner, n.Name)
		if n.Formula != n.Name {
			f.Say += " = " + n.Formula
		}
		f.Say += " = " + minus(n.Data[0]) + "."
		p.Backward = append(p.Backward, f)
	}
}

// begin is the frame before the first step.
func (p *page) begin() frame {
	root := len(p.Nodes) - 1
	say := p.Nodes[root].D + " = 1: a change of " + p.Nodes[root].Name + " is a change of itself."
	return frame{
		Say: "Backward begins: " + say, Node: -1, Edge: -1, To: root,
		Sets: map[int]shown{root: show(1)},
	}
}

func (p *page) backward(steps []Step) {
	begin := p.begin()
	p.Lines = []pageLine{{begin.To, p.Nodes[begin.To].D + " = 1"}}
	p.Backward = append(p.Backward, begin)
	uses, sums := map[int]int{}, map[int]*terms{}
	for _, e := range p.graph.Edges {
		uses[e.From]++
	}
	for i, s := range steps {
		f := p.frame(s, i+1)
		p.byEdge[f.Edge] = s
		if !p.Nodes[f.To].Leaf || p.graph.Nodes[f.To].Name() != "" { // of a constant nobody asks
			p.derive(&f, s, sums, uses)
		}
		p.Backward = append(p.Backward, f)
	}
	p.Backward[len(p.Backward)-1].Note = " Backward is done."
	p.Sentences = map[string]string{"backward": sentence(float64(len(steps)))}
}

// derive lets the line about the node that a step hands on to grow by a term.
func (p *page) derive(f *frame, s Step, sums map[int]*terms, uses map[int]int) {
	sum := sums[f.To]
	if sum == nil {
		sum = &terms{line: len(p.Lines)}
		sums[f.To] = sum
		p.Lines = append(p.Lines, pageLine{Node: f.To})
	}
	sum.add(p.Nodes[f.Node].D, s)
	line := p.Nodes[f.To].D + " = " + sum.String()
	if len(sum.symbols) < uses[f.To] {
		f.Line = line + " + …"
	} else {
		p.Lines[sum.line].Text = line + " = " + f.Sum()
	}
}

func (p *page) frame(s Step, step int) frame {
	f := frame{
		Step: step, Node: p.graph.Place[s.Node], To: p.graph.Place[s.Parent()],
		Has:     formula.Text.Number(s.Gradient),
		Numbers: []shown{show(s.Local), show(s.Contribution)},
	}
	f.Edge = p.first[f.Node] + s.Operand
	f.Sets = map[int]shown{f.To: show(s.Sum)}
	f.From, f.Onto = p.Nodes[f.Node].Name, p.Nodes[f.To].Name
	if s.Formula != formula.Text.Constant(s.Local) {
		f.Formula = cut(s.Formula)
	}
	return f
}

// sentence is the announcement of a step. The script fills in what stands in braces: written
// out for each step it would be a fifth of the page.
func sentence(steps float64) string {
	return fmt.Sprintf("Step {step} of %.4g: {from} hands on its gradient {gradient} to {to}. "+
		"Local derivative: {local}. Contribution {contribution}. "+
		"The gradient of {to} is now {sum}.", steps)
}

// terms is the right side of a line, a term for each contribution so far.
type terms struct {
	line             int
	symbols, numbers []string
}

func (t *terms) add(d string, s Step) {
	local := cut(formula.Text.Write(formula.Partials(s.Node)[s.Operand], formula.InProduct))
	if strings.HasPrefix(local, "−") {
		local = "(" + local + ")"
	}
	t.symbols = append(t.symbols, d+" · "+local)
	t.numbers = append(t.numbers, "("+formula.Text.Number(s.Gradient)+")("+formula.Text.Number(s.Local)+")")
}

func (t *terms) String() string { return join(t.symbols) + " = " + join(t.numbers) }

// join writes a sum, in which it leaves out what nobody reads.
func join(terms []string) string {
	if n := len(terms); n > 6 {
		terms = []string{terms[0], terms[1], "…", terms[n-1]}
	}
	return strings.Join(terms, " + ")
}

var oneName = regexp.MustCompile(`^[\pL\pN_]+$`)

// enclosed puts a name in parentheses unless it reads as one without.
func enclosed(name string) string {
	if oneName.MatchString(name) {
		return name
	}
	return "(" + name + ")"
}

func cut(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return s
}

// minus makes a number's sign the one that screen readers say.
func minus(s string) string { return strings.ReplaceAll(s, "-", "−") }
