package draw

import (
	"encoding/xml"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/draw/layout"
)

// SVG returns a picture of the graph, as package show documents it.
func SVG(root *gradus.Value, f Fold) []byte {
	var b strings.Builder
	newDrawing(root, f).svg(&b, false)
	return []byte(b.String())
}

// Folded returns the picture of SVG as an <svg> that becomes part of a page, which has to define the colours.
func Folded(root *gradus.Value, f Fold) string {
	var b strings.Builder
	newDrawing(root, f).svg(&b, true)
	return b.String()
}

// A colouring is the colours of a node, for readers who prefer light or for those who prefer
// dark.
type colouring struct{ fill, line string }

const (
	ink, paper         = "#1a1a1a", "#ffffff"
	darkInk, darkPaper = "#f2f2f2", "#15181c"
)

// The lines are blue, vermilion and bluish green of Okabe and Ito's palette, and on dark sky
// blue, orange and bluish green. The fills are lighter or darker, so that text is legible on
// them.
var light, dark = map[role]colouring{
	leaf: {"#d6eaf8", "#0072b2"}, constant: {"#f2f2f2", "#595959"},
	operation: {"#fdebc8", "#d55e00"}, result: {"#ccece3", "#009e73"},
}, map[role]colouring{
	leaf: {"#0b2e45", "#56b4e9"}, constant: {"#2a2a2a", "#b0b0b0"},
	operation: {"#3d2a00", "#e69f00"}, result: {"#00382a", "#009e73"},
}

var roles = []role{leaf, constant, operation, result}

// The measures of a picture, in pixels.
const (
	fontSize    = 12
	charWidth   = 7.25 // of a character of a monospaced font
	wideWidth   = 15   // of a character that is twice as wide, or may be
	lineHeight  = 16
	padding     = 9  // between the text of a node and its outline
	slant       = 10 // the width of the slanted end of a hexagon
	inset       = 4  // from the outer line of the root to its inner line
	stackOffset = 5  // from the front sheet of a stack to the sheet behind it
	margin      = 12 // around the graph
)

// svg writes the drawing. If inline is set, the picture becomes part of a page that has a style
// of its own: it has no style and no colours, only classes. These are, in both cases:
//
//   - an edge is a g.edge with its id, and holds path.line and path.head, the arrow;
//   - a node is a g.node with its id. It has a class for its role, .leaf, .const, .op or .root,
//     and the class .nograd if its gradient is not computed. It holds one or two rect or path
//     of class .box, and text.name, .op, .data and .grad. Any node may lack a name, a leaf has
//     no op, and a constant no gradient.
//
// The texts of data and gradient have the ids n<i>-data and n<i>-grad. A node is wide enough
// for them in a monospaced font of 12 pixels, and for pendingText. Edges come first, so that nodes
// cover them. viewBox has the size in pixels, and so have width and
// height.
func (d drawing) svg(b *strings.Builder, inline bool) {
	g := layout.Graph{}
	for _, n := range d.nodes {
		g.Sizes = append(g.Sizes, n.size())
	}
	for _, l := range d.links {
		g.Edges = append(g.Edges, [2]int{l.from, l.to})
	}
	placed := layout.Place(g)
	w, h := px(placed.Width+2*margin), px(placed.Height+2*margin)
	fmt.Fprintf(b, `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="%s" height="%s"`+
		` viewBox="0 0 %[1]s %[2]s" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace"`+
		" font-size=\"%[3]d\" text-anchor=\"middle\">\n<title>%[4]s</title>\n",
		w, h, fontSize, escape(d.title))
	if !inline {
		fmt.Fprintf(b, "<style>%s</style>\n", style())
		fmt.Fprintf(b, "<rect class=\"paper\" width=\"%s\" height=\"%s\"/>\n", w, h)
	}
	for i, l := range d.links {
		fmt.Fprintf(b, "<g id=\"%s\" class=\"edge\">%s</g>\n", l.id, d.nodes[l.to].arrow(
			placed.Edges[i], placed.Nodes[l.to], g.Sizes[l.to]))
	}
	for i, n := range d.nodes {
		n.svg(b, placed.Nodes[i], g.Sizes[i])
	}
	b.WriteString("</svg>\n")
}

// style returns the style sheet of a picture that stands alone.
func style() string {
	sheet := func(of map[role]colouring, ink, paper string) string {
		s := fmt.Sprintf(".paper { fill: %s } text { fill: %s }\n"+
			".line { stroke: %[2]s } .head { fill: %[2]s }\n", paper, ink)
		for _, r := range roles {
			s += fmt.Sprintf(".%s .box { fill: %s; stroke: %s }\n", r, of[r].fill, of[r].line)
		}
		return s
	}
	return "\n.box { stroke-width: 2 } .nograd .box { stroke-dasharray: 5 3 }\n" +
		".line { stroke-width: 1.3 } text:first-of-type { font-weight: bold }\n" +
		".nograd .grad { font-style: italic }\n" +
		sheet(light, ink, paper) + "@media (prefers-color-scheme: dark) {\n" +
		sheet(dark, darkInk, darkPaper) + "}\n"
}

// usualText is as wide as the numbers of most graphs. Nodes of such numbers are as wide before Backward as
// after.
const usualText = "grad -0.01234"

// size returns the size of a node.
func (n drawn) size() layout.Size {
	width := charWidth * float64(n.room)
	if n.text[3] != "" {
		width = max(width, charWidth*float64(len(usualText)))
	}
	for i, line := range n.lines() {
		w := 0.0
		if n.role == operation && i == 0 { // where a hexagon is narrow
			w = slant
		}
		for _, r := range line {
			if r < 0x2e80 { // where the East Asian scripts begin, and far above them emoji
				w += charWidth
			} else {
				w += wideWidth
			}
		}
		width = max(width, w)
	}
	s := layout.Size{Width: width + 2*padding, Height: float64(lineHeight*len(n.lines()) + padding)}
	switch n.role {
	case operation:
		s.Width += slant
	case result:
		s.Width, s.Height = s.Width+inset, s.Height+inset
	}
	return s
}

// svg writes a node of size s around the centre c.
func (n drawn) svg(b *strings.Builder, c layout.Point, s layout.Size) {
	class := "node " + string(n.role)
	if n.pending {
		class += " nograd"
	}
	if n.unnamed {
		class += " unnamed"
	}
	fmt.Fprintf(b, "<g id=\"%s\" class=\"%s\">", n.id, class)
	left, top := c.X-s.Width/2+margin, c.Y-s.Height/2+margin
	if n.block {
		n.box(b, left+stackOffset, top+stackOffset, s)
	}
	n.box(b, left, top, s)
	if n.role == result {
		n.box(b, left+inset, top+inset, layout.Size{Width: s.Width - 2*inset, Height: s.Height - 2*inset})
	}
	y := c.Y + margin + fontSize - lineHeight/2*float64(len(n.lines()))
	for i, class := range [4]string{"name", "op", "data", "grad"} {
		id := ""
		if i >= 2 {
			id = fmt.Sprintf(` id="%s-%s"`, n.id, class)
		}
		if n.text[i] != "" {
			fmt.Fprintf(b, "\n<text class=\"%s\"%s x=\"%s\" y=\"%s\">%s</text>",
				class, id, px(c.X+margin), px(y), escape(n.text[i]))
			y += lineHeight
		}
	}
	b.WriteString("</g>\n")
}

// box writes the outline of a node.
func (n drawn) box(b *strings.Builder, left, top float64, s layout.Size) {
	if n.role == operation {
		fmt.Fprintf(b, "\n<path class=\"box\" d=\"M%s %sl%d %sh%sl%[3]d -%[4]sl-%[3]d -%[4]sh-%[5]sz\"/>",
			px(left), px(top+s.Height/2), slant, px(s.Height/2), px(s.Width-2*slant))
		return
	}
	radius := map[role]int{leaf: 12}[n.role]
	fmt.Fprintf(b, "\n<rect class=\"box\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%d\"/>",
		px(left), px(top), px(s.Width), px(s.Height), radius)
}

// arrow returns an edge that leads along points to a node of the centre c and the size s.
func (n drawn) arrow(points []layout.Point, c layout.Point, s layout.Size) string {
	const head, half = 8, 4
	last := len(points) - 1
	end := points[last]
	if n.role == operation {
		end.X += slant * math.Abs(end.Y-c.Y) / (s.Height / 2)
	}
	tail := end.X - head + 1
	points[last-1].X = min(points[last-1].X, tail)
	var path strings.Builder
	fmt.Fprintf(&path, "M%s %s", px(points[0].X+margin), px(points[0].Y+margin))
	x, y := points[0].X, points[0].Y // where the pen is: what is straight is one stroke over many columns
	for i := 1; i < last; i += 2 {
		p, q := points[i], points[i+1]
		if math.Abs(y-q.Y) < 0.1 {
			continue
		}
		if p.X > x {
			path.WriteString("H" + px(p.X+margin))
		}
		fmt.Fprintf(&path, "C%[1]s %[2]s %[1]s %[3]s %[4]s %[3]s", px((p.X+q.X)/2+margin),
			px(y+margin), px(q.Y+margin), px(q.X+margin))
		x, y = q.X, q.Y
	}
	if tail > x {
		path.WriteString("H" + px(tail+margin))
	}
	return fmt.Sprintf("<path class=\"line\" fill=\"none\" d=\"%s\"/>"+
		"<path class=\"head\" d=\"M%s %sl-%d -%dv%dz\"/>", path.String(),
		px(end.X+margin), px(end.Y+margin), head, half, 2*half)
}

// px writes a length to a tenth of a pixel.
func px(x float64) string {
	s := strconv.FormatFloat(x, 'f', 1, 64)
	return strings.TrimSuffix(s, ".0")
}

// escape returns a text as XML.
func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // writing to a Builder never fails
	return b.String()
}

// Inline writes the graph, not folded, as an <svg> that becomes part of a page. The page has
// to define the colours. A node has the name that is given for it; a result without a name of its own
// has the class .unnamed, and a leaf without one shows its number alone. Node i has room for a line of
// room[i] characters. Beside each node of a part whose operands are not all drawn stands a node of class
// .more.
func (m *Model) Inline(b *strings.Builder, name func(v *gradus.Value) string, room []int) {
	d := m.draw(m.whole())
	for i, v := range m.Nodes {
		n := &d.nodes[i]
		n.room = room[i]
		n.unnamed = v.Name() == "" && v.Op() != nil
		if v.Name() != "" || v.Op() != nil {
			n.text[0] = clean(name(v))
		}
	}
	if m.More > 0 {
		d.title += fmt.Sprintf(" of %d", len(m.Nodes)+m.More)
	}
	var stubs []drawn
	var links []link
	for i := range m.Nodes {
		n := m.leftOut(i)
		if n == 0 {
			continue
		}
		words := "…"
		if n > 1 {
			words = fmt.Sprintf("… %d operands", n)
		}
		id := "more-" + nodeID(i)
		links = append(links, link{id + "-edge", len(stubs), i})
		stubs = append(stubs, drawn{id: id, role: more, text: [4]string{1: words}})
	}
	for i := range d.links {
		d.links[i].from += len(stubs)
		d.links[i].to += len(stubs)
	}
	for _, l := range links {
		l.to += len(stubs)
		d.links = append(d.links, l)
	}
	d.nodes = slices.Concat(stubs, d.nodes)
	d.svg(b, true)
}
