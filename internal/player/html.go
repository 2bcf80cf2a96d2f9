package player

import (
	_ "embed" // for the files of the stepper
	"fmt"
	"html"
	"maps"
	"slices"
	"strings"
)

// The stepper of a page, which a Player fills.
var (
	// Script defines mountStepper, which lets a reader step through a Player.
	//
	//go:embed stepper.js
	Script string
	// Style is the style sheet of the stepper. It defines the colours of a page, as custom properties.
	//
	//go:embed stepper.css
	Style string
	//go:embed stepper.html
	markup string
)

// Fragment returns the markup of a stepper without a graph: what belongs into the element that mountStepper
// is called with. Each part of [Player.Parts] has a place in it, the element whose attribute data-part is the
// name of the part.
func Fragment() string { return fill(nil) }

// HTML returns the markup of a stepper, with the parts filled in. Without a script it shows the state after
// Backward.
func (p *Player) HTML() string { return fill(p.Parts()) }

// fill returns the markup with parts in their places.
func fill(parts map[string]string) string {
	var pairs []string
	for _, name := range partNames {
		pairs = append(pairs, "{{"+name+"}}", parts[name])
	}
	return strings.NewReplacer(pairs...).Replace(markup)
}

// partNames are the names of the parts.
var partNames = slices.Sorted(maps.Keys((&Player{}).writers()))

// Parts returns the HTML of all that differs from graph to graph, by the name of its place in [Fragment]:
// the picture and the derivation, for example. Names of values are text in it.
func (p *Player) Parts() map[string]string {
	parts := map[string]string{}
	for name, write := range p.writers() {
		var b strings.Builder
		write(&b)
		parts[name] = b.String()
	}
	return parts
}

// writers has a function for each part.
func (p *Player) writers() map[string]func(b *strings.Builder) {
	return map[string]func(b *strings.Builder){
		"picture":        func(b *strings.Builder) { p.graph.Inline(b, p.n.Name, p.room()) },
		"part":           p.writePart,
		"derivation":     p.writeLines,
		"verdict":        func(b *strings.Builder) { b.WriteString(html.EscapeString(p.verdict)) },
		"backward-steps": func(b *strings.Builder) { writeSteps(b, p.stepFrames()) },
		"naive-steps":    func(b *strings.Builder) { writeSteps(b, p.Naive[1:]) },
		"numbers":        p.writeNumbers,
	}
}

// writePart says that the picture shows a part of the graph, if it does.
func (p *Player) writePart(b *strings.Builder) {
	if !p.Part {
		return
	}
	fmt.Fprintf(b, "The graph has %d nodes. The picture has the %d next to %s, to which Backward\n"+
		"comes first, and at most %d operands of each. A dotted box with “…” stands for operands that are left\n"+
		"out. The gradients in the picture are whole, because all results that use its nodes are in it, too.\n"+
		"Steps are counted among these nodes.", p.all, len(p.Nodes), html.EscapeString(p.Root()), maxOperands)
}

func (p *Player) writeLines(b *strings.Builder) {
	for _, l := range p.lines {
		fmt.Fprintf(b, "\n<li data-node=\"%d\">%s</li>", l.node, html.EscapeString(l.text))
	}
}

// writeSteps writes the rows of a table of steps.
func writeSteps(b *strings.Builder, frames []frame) {
	for _, f := range frames {
		if f.Numbers == nil {
			fmt.Fprintf(b, "\n<tr><td colspan=\"7\">%s</td></tr>", html.EscapeString(f.Say))
			continue
		}
		class, cross, local, sum := "", "", f.Numbers[0][0], f.sum()
		if f.Right != "" {
			class, cross, sum = ` class="wrong"`, "✗ ", sum+", not "+f.Right
		}
		if f.Formula != "" {
			local = f.Formula + " = " + local
		}
		fmt.Fprintf(b, "\n<tr%s><th scope=\"row\">%s%d</th>", class, cross, f.Step)
		writeCells(b, f.from, f.has, f.onto, local, f.Numbers[1][0], sum)
	}
}

// writeNumbers writes the rows of the table of all numbers.
func (p *Player) writeNumbers(b *strings.Builder) {
	for _, n := range p.Nodes {
		n.write(b)
	}
	if !p.Part {
		return
	}
	b.WriteString("\n<tr><td colspan=\"4\">Not in the picture:</td></tr>")
	for _, n := range p.others {
		n.write(b)
	}
	if left := p.graph.More - len(p.others); left > 0 {
		fmt.Fprintf(b, "\n<tr><td colspan=\"4\">… %d more</td></tr>", left)
	}
}

// write writes the row of a node.
func (n node) write(b *strings.Builder) {
	computed, gradient := n.formula, n.Grad[0]
	switch {
	case n.Const:
		computed, gradient = "constant", "none"
	case n.Leaf:
		computed = "leaf"
	case n.formula == n.Name:
		computed = n.op
	}
	fmt.Fprintf(b, "\n<tr><th scope=\"row\">%s</th>", html.EscapeString(n.Name))
	writeCells(b, computed, n.Data[0], gradient)
}

// writeCells writes the cells of a row, and ends it.
func writeCells(b *strings.Builder, cells ...string) {
	for _, cell := range cells {
		b.WriteString("<td>" + html.EscapeString(cell) + "</td>")
	}
	b.WriteString("</tr>")
}
