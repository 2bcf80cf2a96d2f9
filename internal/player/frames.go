package player

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/formula"
)

// A frame is what one sees at one time: the computation of a node, a step in which a node
// hands on its gradient, or what comes before them. Nodes and edges are given by their places
// in the model, or -1 if there is none.
type frame struct {
	Say     string        `json:"say,omitempty"`     // the announcement, unless the frame is a step
	Step    int           `json:"step,omitempty"`    // the number of the step, from 1
	Note    string        `json:"note,omitempty"`    // follows the announcement
	Node    int           `json:"node"`              // is computed, or hands on its gradient
	Edge    int           `json:"edge"`              // the gradient is handed on along it
	To      int           `json:"to"`                // receives the contribution
	Formula string        `json:"formula,omitempty"` // of the local derivative
	Numbers []shown       `json:"numbers,omitempty"` // local derivative, contribution
	Sets    map[int]shown `json:"sets,omitempty"`    // the gradients that change, by node
	Line    string        `json:"line,omitempty"`    // the derivation of To while terms are missing
	Right   string        `json:"right,omitempty"`   // the right number, if this one is wrong
	has     string        // the gradient of Node
	from    string        // the name of Node
	onto    string        // the name of To
}

// sum returns the gradient of To after the frame.
func (f frame) sum() string { return f.Sets[f.To][0] }

// stepFrames returns the frames that are steps of Backward.
func (p *Player) stepFrames() []frame { return p.Backward[len(p.Backward)-p.stepCount:] }

// A line is a line of the derivation: an equation for the gradient of a node.
type line struct {
	node int
	text string
}

// forward makes a frame for the beginning, and one for each node that is computed.
func (p *Player) forward() {
	say := "Start: the leaves hold their numbers, and nothing is computed yet."
	if p.Part {
		say = "Start: the leaves and what is left out hold their numbers, and nothing else is computed yet."
	}
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
		if n.formula != n.Name {
			f.Say += " = " + n.formula
		}
		f.Say += " = " + minus(n.Data[0]) + "."
		p.Backward = append(p.Backward, f)
	}
}

// begin returns the frame before the first step.
func (p *Player) begin() frame {
	root := len(p.Nodes) - 1
	say := p.Nodes[root].D + " = 1, the derivative of " + p.Nodes[root].Name + " with respect to itself."
	return frame{
		Say: "Backward begins: " + say, Node: -1, Edge: -1, To: root,
		Sets: map[int]shown{root: show(1)},
	}
}

// backward makes a frame for each step of Backward, and the lines of the derivation.
func (p *Player) backward(steps []Step) {
	p.stepCount = len(steps)
	begin := p.begin()
	p.lines = []line{{begin.To, p.Nodes[begin.To].D + " = 1"}}
	p.Backward = append(p.Backward, begin)
	uses, sums := map[int]int{}, map[int]*terms{}
	for _, s := range steps {
		uses[p.graph.Place[s.Parent()]]++
	}
	for i, s := range steps {
		f := p.frame(s, i+1)
		p.byEdge[f.Edge] = s
		p.derive(&f, s, sums, uses)
		p.Backward = append(p.Backward, f)
	}
	p.Backward[len(p.Backward)-1].Note = " Backward is done."
	p.Sentences = map[string]string{"backward": sentence(float64(len(steps)))}
}

// derive adds the term of a step to the line about the node that receives the contribution.
// uses has the number of terms that the line about each node will have, and sums the terms that
// it has so far.
func (p *Player) derive(f *frame, s Step, sums map[int]*terms, uses map[int]int) {
	sum := sums[f.To]
	if sum == nil {
		sum = &terms{line: len(p.lines)}
		sums[f.To] = sum
		p.lines = append(p.lines, line{node: f.To})
	}
	sum.add(p.n, p.Nodes[f.Node].D, s)
	equation := p.Nodes[f.To].D + " = " + sum.String()
	if len(sum.symbols) < uses[f.To] {
		f.Line = equation + " + …"
	} else {
		p.lines[sum.line].text = equation + " = " + f.sum()
	}
}

// frame returns the frame of a step.
func (p *Player) frame(s Step, step int) frame {
	f := frame{
		Step: step, Node: p.graph.Place[s.Node], To: p.graph.Place[s.Parent()],
		has:     formula.Text.Number(s.Gradient),
		Numbers: []shown{show(s.Local), show(s.Contribution)},
	}
	f.Edge = p.edges[[2]int{f.Node, s.Operand}]
	f.Sets = map[int]shown{f.To: show(s.Sum)}
	f.from, f.onto = p.Nodes[f.Node].Name, p.Nodes[f.To].Name
	if s.Formula != formula.Text.Constant(s.Local) {
		f.Formula = formula.Shorten(s.Formula, FormulaLength)
	}
	return f
}

// sentence returns the announcement of a step, in which the script puts names and numbers in
// place of the braces. Written out for each step, announcements would be a fifth of the data.
func sentence(steps float64) string {
	return fmt.Sprintf("Step {step} of %.4g: {from} hands on its gradient {gradient} to {to}. "+
		"Local derivative: {local}. Contribution {contribution}. "+
		"The gradient of {to} is now {sum}.", steps)
}

// terms is the right-hand side of a line, with a term for each contribution so far.
type terms struct {
	line             int // its place in Player.lines
	symbols, numbers []string
}

// add adds the term of a step. d is the derivative that the step hands on.
func (t *terms) add(n formula.Notation, d string, s Step) {
	local := n.Write(formula.ShortPartials(s.Node)[s.Operand].OrNumber(s.Local), formula.InProduct)
	local = formula.Shorten(local, FormulaLength)
	if strings.HasPrefix(local, "−") {
		local = "(" + local + ")"
	}
	t.symbols = append(t.symbols, d+" · "+local)
	t.numbers = append(t.numbers, "("+formula.Text.Number(s.Gradient)+")("+formula.Text.Number(s.Local)+")")
}

// String returns the sum in symbols, and in numbers.
func (t *terms) String() string { return join(t.symbols) + " = " + join(t.numbers) }

// join writes a sum. Of more than six terms it leaves out all but the first two and the last.
func join(terms []string) string {
	if n := len(terms); n > 6 {
		terms = []string{terms[0], terms[1], "…", terms[n-1]}
	}
	return strings.Join(terms, " + ")
}

// enclosed puts a name in parentheses, unless it is a single word.
func enclosed(name string) string {
	if isOneName(name) {
		return name
	}
	return "(" + name + ")"
}

// isOneName reports whether a name is a single word, such as x, W_2 or w⁽³⁾₁₂.
func isOneName(name string) bool {
	first, _ := utf8.DecodeRuneInString(name)
	isLetter := func(r rune) bool { return r == '_' || unicode.IsLetter(r) }
	isSubscript := func(r rune) bool { return '₀' <= r && r <= '₉' }
	isOfWord := func(r rune) bool { return isLetter(r) || unicode.IsDigit(r) || isSubscript(r) }
	layer, found := strings.CutPrefix(strings.TrimLeftFunc(name, isOfWord), "⁽")
	if !isLetter(first) || !found {
		return isLetter(first) && layer == ""
	}
	rest := strings.TrimLeft(layer, "⁰¹²³⁴⁵⁶⁷⁸⁹")
	index, found := strings.CutPrefix(rest, "⁾")
	return rest != layer && found && strings.TrimLeftFunc(index, isSubscript) == ""
}

// minus writes the sign of numbers as the character that screen readers read out.
func minus(s string) string { return strings.ReplaceAll(s, "-", "−") }
