package draw

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
)

// DOT returns the graph in the language of Graphviz, as package show documents it.
func DOT(root *gradus.Value, f Fold) string {
	d := newDrawing(root, f)
	var b strings.Builder
	fmt.Fprintf(&b, "digraph gradus {\n\tlabel=%s; rankdir=LR; bgcolor=white\n", dotText(d.title))
	b.WriteString("\tnode [fontname=monospace, fontsize=11]\n")
	for _, n := range d.nodes {
		style, c := dotStyles[n.role], light[n.role]
		if n.pending {
			style += ",dashed"
		}
		if n.block {
			style += ",bold"
		}
		fmt.Fprintf(&b, "\t%s [label=%s,\n\t\tid=%[1]s, class=%[3]s, %s\", fillcolor=%q, color=%q]\n",
			n.id, dotText(n.lines()...), n.role, style, c.fill, c.line)
	}
	for _, l := range d.links {
		fmt.Fprintf(&b, "\t%s -> %s [id=%q]\n", d.nodes[l.from].id, d.nodes[l.to].id, l.id)
	}
	return b.String() + "}\n"
}

// dotStyles holds the beginning of a node's attributes, up to within the quotes of style.
var dotStyles = map[role]string{
	leaf: `shape=box, style="filled,rounded`, constant: `shape=box, style="filled`,
	operation: `shape=hexagon, margin=0, style="filled`, result: `shape=box, peripheries=2, style="filled`,
}

// dotEscape replaces what Graphviz does not print as it stands within quotes: the quote itself,
// and the characters with which its escapes and entities begin.
var dotEscape = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")

// dotText returns lines of text as one quoted string.
func dotText(lines ...string) string {
	for i, line := range lines {
		lines[i] = dotEscape.Replace(line)
	}
	return `"` + strings.Join(lines, `\n`) + `"`
}
