package draw

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus"
)

// Mermaid returns the graph as a Mermaid flowchart, as package show documents it.
func Mermaid(root *gradus.Value, f Fold) string {
	d := newDrawing(root, f)
	var b strings.Builder
	// In a comment, too, Mermaid takes %%{ for the beginning of a directive.
	b.WriteString("%% " + strings.ReplaceAll(d.title, "%%{", "%% {") + "\nflowchart LR\n")
	for _, n := range d.nodes {
		brackets, lines := mermaidShapes[n.role], n.lines()
		for i, line := range lines {
			lines[i] = mermaidText(line)
		}
		fmt.Fprintf(&b, "\t%s%s\"%s\"%s:::%s\n",
			n.id, brackets[0], strings.Join(lines, "<br>"), brackets[1], n.role)
		if n.pending {
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

// mermaidShapes holds what stands to the left and to the right of a node's text, by which
// Mermaid chooses its shape.
var mermaidShapes = map[role][2]string{
	leaf: {"(", ")"}, constant: {"[", "]"}, operation: {"{{", "}}"}, result: {"[[", "]]"},
}

// mermaidText writes the characters that Mermaid, or the Markdown within its texts, takes for
// syntax as numbered entities: some of them everywhere, others only where they would begin
// a list, as - and 1. do.
func mermaidText(s string) string {
	var b strings.Builder
	for i, r := range s {
		beginsList := strings.Trim(s[:i], "0123456789") == "" && strings.ContainsRune("+-.)", r)
		if beginsList || strings.ContainsRune("\"#&<>`*_~\\%$:", r) {
			fmt.Fprintf(&b, "#%d;", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
