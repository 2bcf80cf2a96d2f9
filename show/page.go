package show

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/show/internal/draw"
	"github.com/gradus-go/gradus/show/internal/formula"
)

// The limits of a page: nobody steps through a larger graph, or reads a longer formula.
const (
	pageNodes    = 400
	pageOperands = 1000
	pageFormula  = 60 // characters
)

//go:embed page
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/page.html"))

// Page returns a web page, one HTML file that needs no network, on which a reader steps through
// the graph of root: first the computation of each node, then the [Steps] of Backward. Each step
// shows the node, the edge, the local derivative, the contribution and the sum to which it is
// added. A reader can also step back.
//
// The page compares Backward with a naive recursion, which does not sort the graph and hands on
// a gradient as soon as it arrives, and marks the first number that the recursion gets wrong.
//
// Page computes the gradients itself, from zero, and does not change those of the graph. For
// constants it shows none.
//
// It returns an error if root is nil, or if the graph has more than 400 nodes or more than 1,000
// operands.
func Page(root *gradus.Value) ([]byte, error) {
	if root == nil {
		return nil, errNilRoot
	}
	m := draw.NewModel(root)
	if len(m.Nodes) > pageNodes || len(m.Edges) > pageOperands {
		return nil, fmt.Errorf("show: the graph has %d nodes and %d operands, too many for a page:"+
			" want at most %d and %d; build a smaller graph, or use Trace",
			len(m.Nodes), len(m.Edges), pageNodes, pageOperands)
	}
	p := newPage(differentiated(m))
	data, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("show: the page's data: %w", err)
	}
	var picture strings.Builder
	p.graph.Inline(&picture)
	style, script := asset("page/page.css"), asset("page/page.js")
	var b bytes.Buffer
	err = pageTemplate.Execute(&b, map[string]any{
		"Page": p, "Root": p.Nodes[len(p.Nodes)-1].Name,
		"Picture": template.HTML(picture.String()), // has escaped the names
		"Style":   template.CSS(style), "StyleHash": hash(style),
		"Script": template.JS(script), "ScriptHash": hash(script),
		"Data": template.JS(data), // json.Marshal has escaped <, > and &
	})
	return b.Bytes(), err
}

// asset returns an embedded file.
func asset(name string) []byte {
	data, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err) // cannot happen: the file is embedded
	}
	return data
}

// hash returns the name that a content security policy has for a script or a style sheet. The
// browser runs no other.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// differentiated returns the model of a copy of the graph, on which Backward has run.
func differentiated(m *draw.Model) *draw.Model {
	copies := chain.Rebuild(m.Nodes[len(m.Nodes)-1], func(leaf *gradus.Value) float64 { return leaf.Data })
	for i, v := range m.Nodes {
		copies[i].Data = v.Data // which the caller may have changed after the node was computed
	}
	root := copies[len(copies)-1]
	root.Backward()
	return draw.NewModel(root)
}

// A page is what the template and the script show. The script computes no number itself.
type page struct {
	graph     *draw.Model       `json:"-"`
	first     []int             // the edge of each node's first operand
	byEdge    []Step            // the step along each edge; none along those from constants
	stepCount int               // the number of steps of Backward
	Nodes     []pageNode        `json:"nodes"`
	Backward  []frame           `json:"backward"`
	Naive     []frame           `json:"naive"`
	Sentences map[string]string `json:"sentences"`
	Verdict   string            `json:"-"`
	Lines     []pageLine        `json:"-"`
}

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
func newPage(m *draw.Model) *page {
	p := &page{graph: m, byEdge: make([]Step, len(m.Edges))}
	root, operands := m.Nodes[len(m.Nodes)-1], 0
	of := " root" // the formula of a root without a name is too long to repeat in each line
	if root.Name() != "" {
		of = enclosed(formula.Name(root))
	}
	for _, v := range m.Nodes {
		n := pageNode{
			Name: formula.Name(v), D: "d" + of + "/d" + enclosed(formula.Name(v)),
			Leaf: v.Op() == nil, Const: v.IsConst(), Data: show(v.Data),
		}
		if !n.Const {
			n.Grad = show(v.Grad)
		}
		if !n.Leaf {
			n.Op = v.Op().Name()
			n.Formula = formula.Text.Write(formula.Expand(v), formula.InSum)
			n.Formula = formula.Shorten(n.Formula, pageFormula)
		}
		p.Nodes = append(p.Nodes, n)
		p.first = append(p.first, operands)
		operands += len(v.Parents())
	}
	p.forward()
	p.backward(Steps(root))
	p.naive()
	return p
}
