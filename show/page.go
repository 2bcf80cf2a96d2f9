package show

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // for the files of a page
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/derivative"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/show/internal/draw"
)

// The limits of a page: nobody steps through a larger graph.
const (
	pageNodes    = 400
	pageEdges    = 1000
	pageOperands = 20   // of one node, in a part of a graph
	pageNumbers  = 1000 // in the table of all numbers
)

// The files of a page.
var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageStyle string
	//go:embed page/page.js
	pageScript string

	pageTemplate = template.Must(template.New("page").Parse(pageHTML))
)

// Page returns a web page, one HTML file that needs no network, on which a reader steps through
// the graph of root: first the computation of each node, then the [Steps] of Backward. Each step
// shows the node, the edge, the local derivative, the contribution and the sum to which it is
// added. A reader can also step back.
//
// The page compares Backward with a naive recursion, which does not sort the graph and hands on
// a gradient as soon as it arrives, and marks the first number that the recursion gets wrong.
//
// Names are written as by [Derive]. If a formula would have more than 30 characters, or two values would
// look alike, values get names for this page, as in [Trace].
//
// Of a graph with more than 400 nodes or more than 1,000 operands, the page shows the part that Backward
// comes to first: up to 400 nodes next to the root, and up to 20 operands of each. All results that use a
// node of this part are in it, too, so that its gradients are whole. A box stands for what is left
// out. The table of all numbers goes on with the other leaves and the other values that have a name, up
// to 1,000 rows. A page has at most 1,000,000 bytes, unless names are longer than 30 characters.
//
// Page computes the gradients itself, from zero, and does not change those of the graph. For
// constants it shows none.
//
// It returns an error if root is nil.
func Page(root *gradus.Value) ([]byte, error) {
	if root == nil {
		return nil, errNilRoot
	}
	p := newPage(differentiated(root))
	data, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("show: the page's data: %w", err)
	}
	var picture strings.Builder
	p.graph.Inline(&picture, p.n.Name, p.room())
	var b bytes.Buffer
	err = pageTemplate.Execute(&b, map[string]any{
		"Page": p, "Root": p.Nodes[len(p.Nodes)-1].Name,
		"Picture": template.HTML(picture.String()), // has escaped the names
		"Style":   template.CSS(pageStyle), "StyleHash": hash(pageStyle),
		"Script": template.JS(pageScript), "ScriptHash": hash(pageScript),
		"Data": template.JS(data), // json.Marshal has escaped <, > and &
	})
	return b.Bytes(), err
}

// hash returns the name that a content security policy has for a script or a style sheet. The
// browser runs no other.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// differentiated returns the model of a copy of the graph, on which Backward has run, and in which values
// have names where formulas would be long, and the notation for names.
func differentiated(root *gradus.Value) (*draw.Model, formula.Notation) {
	named, n, _ := legible(root)
	copies := duplicate(gradus.Topo(named))
	root = copies[len(copies)-1]
	root.Backward()
	return draw.NewModel(root), n
}

// A page is what the template and the script show. The script computes no number itself.
type page struct {
	n         formula.Notation
	graph     *draw.Model       // what the page shows
	edges     map[[2]int]int    // the edge of each node and operand
	byEdge    []Step            // the step along each edge; none along those from constants
	stepCount int               // the number of steps of Backward
	Nodes     []pageNode        `json:"nodes"`
	Backward  []frame           `json:"backward"`
	Naive     []frame           `json:"naive"`
	Sentences map[string]string `json:"sentences"`
	Verdict   string            `json:"-"`
	Part      bool              `json:"part,omitempty"` // the page shows a part of the graph
	Lines     []pageLine        `json:"-"`
	Others    []pageNode        `json:"-"` // what the table of all numbers has beyond the graph shown
	All       int               `json:"-"` // the number of nodes of the whole graph
}

// Left returns the number of nodes that are not in the table of all numbers.
func (p *page) Left() int { return p.graph.More - len(p.Others) }

// A pageNode is what the page shows of a node.
type pageNode struct {
	Name    string `json:"name"`
	D       string `json:"d"` // d root/d node
	Leaf    bool   `json:"leaf,omitempty"`
	Const   bool   `json:"const,omitempty"`
	Op      string `json:"-"`
	Formula string `json:"-"`
	Data    shown  `json:"data"`
	Grad    shown  `json:"grad,omitzero"` // not of a constant
}

// shown is a number with four digits, as the page shows it, and with all.
type shown [2]string

// show returns a number as the page shows it.
func show(x float64) shown { return shown{formula.Text.Number(x), strconv.FormatFloat(x, 'g', -1, 64)} }

// newPage returns the page of a graph on which Backward has run.
func newPage(whole *draw.Model, n formula.Notation) *page {
	m := whole
	if len(m.Nodes) > pageNodes || len(m.Edges) > pageEdges {
		m = m.Part(pageNodes, pageEdges, pageOperands)
	}
	p := &page{
		n: n, graph: m, edges: map[[2]int]int{}, byEdge: make([]Step, len(m.Edges)), All: len(whole.Nodes),
		Part: m.More > 0,
	}
	for _, v := range m.Nodes {
		p.Nodes = append(p.Nodes, p.node(v))
	}
	for i, e := range m.Edges {
		p.edges[[2]int{e.To, e.Operand}] = i
	}
	p.others(whole)
	p.forward()
	left := func(s Step) bool { return !p.has(s.Node) || !p.has(s.Parent()) }
	p.backward(slices.DeleteFunc(stepsIn(n, m.Root()), left))
	p.naive()
	return p
}

// derivative returns how the derivative of the root with respect to a node is written.
func (p *page) derivative(v *gradus.Value) string {
	root, by := p.graph.Root().Name(), cmp.Or(v.Name(), p.n.Name(v))
	if root == "" { // its formula is too long to repeat in each line
		return "d root/d" + enclosed(p.n.Name(v))
	}
	return derivative.Of(root, by, false).Write(func(name string) string {
		return enclosed(formula.Shorten(p.n.Names([]string{name}), formula.MaxName))
	})
}

// node returns what the page shows of a node.
func (p *page) node(v *gradus.Value) pageNode {
	n := pageNode{
		Name: p.n.Name(v), D: p.derivative(v), Leaf: v.Op() == nil, Const: v.IsConst(), Data: show(v.Data),
	}
	if !n.Const {
		n.Grad = show(v.Grad)
	}
	if !n.Leaf {
		n.Op = draw.Sign(v.Op())
		n.Formula = p.n.Write(formula.Expand(v), formula.InSum)
		n.Formula = formula.Shorten(n.Formula, tableFormula)
	}
	return n
}

// room returns how many characters the longest line with a number has that the picture shows in each node.
func (p *page) room() []int {
	room := make([]int, len(p.Nodes))
	for i, n := range p.Nodes {
		room[i] = len("data " + n.Data[0])
	}
	for _, f := range slices.Concat(p.Backward, p.Naive) {
		for i, grad := range f.Sets {
			room[i] = max(room[i], len("grad "+grad[0]))
		}
	}
	return room
}

// has reports whether the picture has a node.
func (p *page) has(v *gradus.Value) bool {
	_, ok := p.graph.Place[v]
	return ok
}

// others takes up the leaves that the picture leaves out, and then the other values that have a name.
func (p *page) others(whole *draw.Model) {
	for _, leaves := range []bool{true, false} {
		for _, v := range whole.Nodes {
			if p.has(v) || len(p.Nodes)+len(p.Others) == pageNumbers {
				continue
			}
			if leaves == (v.Op() == nil) && (v.Name() != "" || leaves && !v.IsConst()) {
				p.Others = append(p.Others, p.node(v))
			}
		}
	}
}
