package draw

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
)

// Mermaid is what package show offers under this name.
func Mermaid(root *gradus.Value, f Fold) string {
	d := newDrawing(root, f)
	var b strings.Builder
	b.WriteString("%% " + d.title + "\nflowchart LR\n")
	for _, n := range d.nodes {
		brackets, lines := mermaidShapes[n.role], n.lines()
		for i, line := range lines {
			lines[i] = mermaidText(line)
		}
		fmt.Fprintf(&b, "\t%s%s\"%s\"%s:::%s\n",
			n.id, brackets[0], strings.Join(lines, "<br>"), brackets[1], n.role)
		if !n.hasGrad {
			fmt.Fprintf(&b, "\tclass %s nograd\n", n.id)
		}
		if n.block {
			fmt.Fprintf(&b, "\tclass %s block\n", n.id)
		}
	}
	for _, l := range d.links {
		fmt.Fprintf(&b, "\t%s --> %s\n", d.nodes[l.from].id, d.nodes[l.to].id)
	}
	for _, r := range roles {
		fmt.Fprintf(&b, "\tclassDef %s fill:%s,stroke:%s,color:%s\n", r, light[r].fill, light[r].line, ink)
	}
	b.WriteString("\tclassDef nograd stroke-dasharray:5 3\n\tclassDef block stroke-width:4px\n")
	return b.String()
}

var mermaidShapes = map[role][2]string{
	leaf: {"(", ")"}, constant: {"[", "]"}, operation: {"{{", "}}"}, result: {"[[", "]]"},
}

// mermaidText writes what Mermaid, or Markdown within it, takes for syntax as numbered
// entities: some characters everywhere, and those that would begin a list, as - or 1. do.
func mermaidText(s string) string {
	var b strings.Builder
	for i, r := range s {
		begins := strings.Trim(s[:i], "0123456789") == "" && strings.ContainsRune("+-.)", r)
		if begins || strings.ContainsRune("\"#&<>`*_~\\%$:", r) {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
