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

// What a page holds at most: beyond, nobody steps through it.
const (
	pageNodes    = 400
	pageOperands = 1000
)

//go:embed page
var pageFiles embed.FS

var pageTemplate = template.Must(template.ParseFS(pageFiles, "page/page.html"))

// Page returns a web page, one HTML file that needs no network, on which a reader steps
// through the graph of root: forward, then Backward, forwards and back. Each step shows the
// node, the edge, its local derivative and the sum that it adds to. Beside it the page runs
// the naive recursion, which does not sort, and marks the first number that it gets wrong.
//
// It computes the gradients itself, from zero, and leaves those of the graph alone.
//
// It returns an error if the graph has more than 400 nodes, or more than 1,000 operands.
func Page(root *gradus.Value) ([]byte, error) {
	m := draw.NewModel(root)
	if len(m.Nodes) > pageNodes || len(m.Edges) > pageOperands {
		return nil, fmt.Errorf("show: the graph has %d nodes and %d operands, too many for a page:"+
			" want at most %d and %d; build a smaller one, or use Trace",
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

func asset(name string) []byte {
	data, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err) // embedded
	}
	return data
}

// hash is how a content security policy names the one script or style that it lets run.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// differentiated returns a copy of the graph on which Backward has run.
func differentiated(m *draw.Model) *draw.Model {
	copies := chain.Rebuild(m.Nodes[len(m.Nodes)-1], func(leaf *gradus.Value) float64 { return leaf.Data })
	for i, v := range m.Nodes {
		copies[i].Data = v.Data // which may have been written since
	}
	root := copies[len(copies)-1]
	root.Backward()
	return draw.NewModel(root)
}

// A page is what the script shows. It computes no number itself.
type page struct {
	graph     *draw.Model       `json:"-"`
	first     []int             // the first edge of each node
	byEdge    []Step            // what Backward hands on along each edge
	Nodes     []pageNode        `json:"nodes"`
	Backward  []frame           `json:"backward"`
	Naive     []frame           `json:"naive"`
	Sentences map[string]string `json:"sentences"`
	Verdict   string            `json:"-"`
	Lines     []pageLine        `json:"-"`
}

type pageNode struct {
	Name    string `json:"name"`
	D       string `json:"d"` // d root/d node
	Leaf    bool   `json:"leaf,omitempty"`
	Op      string `json:"-"`
	Formula string `json:"-"`
	Data    shown  `json:"data"`
	Grad    shown  `json:"grad"`
}

// shown is a number as the page shows it, and exactly.
type shown [2]string

func show(x float64) shown { return shown{formula.Text.Number(x), strconv.FormatFloat(x, 'g', -1, 64)} }

func newPage(m *draw.Model) *page {
	p := &page{graph: m, byEdge: make([]Step, len(m.Edges))}
	root, operands := m.Nodes[len(m.Nodes)-1], 0
	of := " root" // without a name it would be written out in every line
	if root.Name() != "" {
		of = enclosed(formula.Name(root))
	}
	for _, v := range m.Nodes {
		n := pageNode{
			Name: formula.Name(v), D: "d" + of + "/d" + enclosed(formula.Name(v)),
			Leaf: v.Op() == nil, Data: show(v.Data), Grad: show(v.Grad),
		}
		if !n.Leaf {
			n.Op, n.Formula = v.Op().Name(), cut(formula.Text.Write(formula.Expand(v), formula.InSum))
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
