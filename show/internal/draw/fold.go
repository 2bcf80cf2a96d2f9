package draw

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/show/internal/formula"
)

// A Fold says how much of a graph a drawing shows.
type Fold int

// The folds, from the finest. Package show says what each does.
const (
	FoldNothing Fold = iota
	FoldNames
	FoldLayers
	FoldAuto
)

const (
	pageful = 60   // what FoldAuto draws at most
	tooMany = 2000 // what is drawn at most; more is folded further
	widest  = 34   // characters of a line in a node
	legible = 60   // values that a formula is computed from
)

// A drawing is what all writers draw: a graph, folded.
type drawing struct {
	title string
	nodes []drawn // operands before results
	links []link
}

// A drawn node is one value, or a block of several.
type drawn struct {
	id      string // of the first value in it
	role    role
	text    [4]string // name, op, data and gradient; "" for what it lacks
	hasGrad bool      // all in it have a gradient
	block   bool
}

// A link leads from one place in nodes to another.
type link struct {
	id       string
	from, to int
}

// A role decides shape and colour. Its text is the class.
type role string

const (
	leaf      role = "leaf" // with a name: an input or a parameter
	constant  role = "const"
	operation role = "op"
	result    role = "root"
)

// newDrawing returns the drawing of a graph, folded further than asked for if it is too large.
func newDrawing(root *gradus.Value, f Fold) drawing {
	m, most := NewModel(root), tooMany
	if f == FoldAuto {
		f, most = FoldNothing, pageful
	}
	if f == FoldNothing && len(m.Nodes) <= most {
		return m.draw(m.whole())
	}
	groups, links := m.named()
	if f == FoldLayers || len(groups) > most {
		groups, links = m.layers(groups, links)
	}
	if len(groups) > tooMany {
		advice := fmt.Sprintf("%d values are too many to draw. Give those that belong together names"+
			" such as w[1] and w[2].", len(groups))
		return drawing{advice, []drawn{{"n0", result, [4]string{1: advice}, true, false}}, nil}
	}
	return m.draw(groups, links)
}

// whole returns each node as a group, and all edges.
func (m *Model) whole() (groups [][]int, links []link) {
	for i := range m.Nodes {
		groups = append(groups, []int{i})
	}
	for i, e := range m.Edges {
		links = append(links, link{EdgeID(i), e.From, e.To})
	}
	return groups, links
}

// kept reports whether FoldNames draws a node.
func (m *Model) kept(i int) bool { return i == len(m.Nodes)-1 || m.Nodes[i].Name() != "" }

// behind returns the nodes that stand in the formula of node i, directly or not, without
// repetition: those that are kept, and how many are folded.
func (m *Model) behind(i int) (kept []int, folded int) {
	seen := map[int]bool{}
	next := []int{i}
	for k := 0; k < len(next); k++ {
		for _, v := range m.Nodes[next[k]].Parents() {
			switch p := m.Place[v]; {
			case seen[p]:
			case m.kept(p):
				kept = append(kept, p)
			default:
				next = append(next, p)
			}
			seen[m.Place[v]] = true
		}
	}
	slices.Sort(kept)
	return kept, len(next) - 1
}

// named returns each node that FoldNames draws as a group.
func (m *Model) named() (groups [][]int, links []link) {
	group := map[int]int{}
	for i := range m.Nodes {
		if !m.kept(i) {
			continue
		}
		kept, _ := m.behind(i)
		for _, p := range kept {
			links = append(links, link{from: group[p], to: len(groups)})
		}
		group[i] = len(groups)
		groups = append(groups, []int{i})
	}
	return groups, links
}

// layers merges groups of one node into blocks.
func (m *Model) layers(groups [][]int, links []link) (blocks [][]int, joined []link) {
	keys, single := make([]string, len(groups)), make([]string, len(groups))
	for g, members := range groups[:len(groups)-1] { // the root stays alone
		keys[g], single[g] = layer(m.Nodes[members[0]].Name()), fmt.Sprint(g)
	}
	level, ok := levels(links, keys)
	if !ok {
		level, _ = levels(links, single)
		for g, members := range groups[:len(groups)-1] {
			keys[g] = fmt.Sprint(chain.Pattern(m.Nodes[members[0]].Name()), " ", level[single[g]])
			level[keys[g]] = level[single[g]]
		}
	}
	order, place := make([]int, len(groups)), map[string]int{}
	for g := range order {
		order[g] = g
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(level[keys[a]], level[keys[b]]) })
	for _, g := range order {
		if _, known := place[keys[g]]; !known {
			place[keys[g]] = len(blocks)
			blocks = append(blocks, nil)
		}
		blocks[place[keys[g]]] = append(blocks[place[keys[g]]], groups[g]...)
	}
	seen := map[link]bool{}
	for _, l := range links {
		l.from, l.to = place[keys[l.from]], place[keys[l.to]]
		if l.from != l.to && !seen[l] {
			joined = append(joined, l)
		}
		seen[l] = true
	}
	return blocks, joined
}

// levels returns numbers for the keys that are greater than those of all keys that they are
// computed from, and whether it found any: keys may depend on each other.
func levels(links []link, keys []string) (level map[string]int, ok bool) {
	level = map[string]int{}
	for round := 0; !ok && round < 100; round++ {
		ok = true
		for _, l := range links {
			if from, to := keys[l.from], keys[l.to]; from != to && level[to] <= level[from] {
				level[to], ok = level[from]+1, false
			}
		}
	}
	return level, ok
}

// layer returns what the names in a block have in common.
func layer(name string) string {
	if head, _, dotted := strings.Cut(name, "."); dotted {
		return head
	}
	return chain.Pattern(name)
}

// draw returns the drawing of groups of nodes.
func (m *Model) draw(groups [][]int, links []link) drawing {
	root, folded := m.Nodes[len(m.Nodes)-1], len(groups) < len(m.Nodes)
	d := drawing{title: fmt.Sprintf("Graph of %s: %d nodes", clean(formula.Name(root)), len(m.Nodes))}
	if folded {
		d.title += fmt.Sprintf(", folded into %d", len(groups))
	}
	for _, members := range groups {
		if len(members) == 1 {
			d.nodes = append(d.nodes, m.single(members[0], folded))
		} else {
			d.nodes = append(d.nodes, m.block(members))
		}
	}
	for _, l := range links {
		if l.id == "" {
			l.id = d.nodes[l.from].id + "-" + d.nodes[l.to].id
		}
		d.links = append(d.links, l)
	}
	return d
}

const noGrad = "grad not computed"

// single draws one value.
func (m *Model) single(i int, folded bool) drawn {
	v := m.Nodes[i]
	n := drawn{id: NodeID(i), role: operation, hasGrad: v.HasGrad()}
	n.text = [4]string{clean(v.Name()), "", "data " + formula.Text.Number(v.Data), noGrad}
	if n.hasGrad {
		n.text[3] = "grad " + formula.Text.Number(v.Grad)
	}
	switch {
	case v.Op() != nil && folded:
		n.text[1] = m.formula(i)
	case v.Op() != nil:
		n.text[1] = clean(v.Op().Name())
	case v.Name() == "":
		n.role = constant
	default:
		n.role = leaf
	}
	if i == len(m.Nodes)-1 {
		n.role = result
	}
	return n
}

// formula returns the formula of node i, or of how many values it is if it is illegible.
func (m *Model) formula(i int) string {
	kept, folded := m.behind(i)
	if size := len(kept) + folded; size > legible {
		return fmt.Sprintf("= … of %d values", size)
	}
	return clean("= " + formula.Text.Write(formula.Expand(m.Nodes[i]), formula.InSum))
}

// block draws several values as one.
func (m *Model) block(members []int) drawn {
	n := drawn{id: NodeID(members[0]), role: leaf, hasGrad: true, block: true}
	label := m.Nodes[members[0]].Name()
	name, low, high, steepest := chain.Pattern(label), math.Inf(1), math.Inf(-1), 0.0
	for _, i := range members {
		v := m.Nodes[i]
		low, high, steepest = min(low, v.Data), max(high, v.Data), max(steepest, math.Abs(v.Grad))
		n.hasGrad = n.hasGrad && v.HasGrad()
		if v.Op() != nil {
			n.role = operation
		}
		if chain.Pattern(v.Name()) != name {
			name = layer(label)
		}
	}
	n.text = [4]string{
		clean(name), fmt.Sprintf("%d values", len(members)),
		"data " + formula.Text.Number(low) + " … " + formula.Text.Number(high), noGrad,
	}
	if n.hasGrad {
		n.text[3] = "max |grad| " + formula.Text.Number(steepest)
	}
	return n
}

// lines returns the text of a node.
func (n drawn) lines() []string {
	return slices.DeleteFunc(n.text[:], func(s string) bool { return s == "" })
}

// clean returns a text as one line that no format chokes on: without control characters,
// and cut if it is too wide for a node.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > widest {
		s = string(r[:widest-1]) + "…"
	}
	return s
}
