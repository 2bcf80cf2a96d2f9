package draw

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/naming"
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
	maxNodes     = 2000 // a drawing has at most; a larger graph is folded further
	maxAutoNodes = 60   // a drawing by FoldAuto has at most, unless no fold leaves so few
)

// newDrawing returns the drawing of a graph, folded further than f says if it is too large.
func newDrawing(root *gradus.Value, f Fold) drawing {
	m, most := NewModel(root), maxNodes
	if f == FoldAuto {
		f, most = FoldNothing, maxAutoNodes
	}
	if f == FoldNothing && len(m.Nodes) <= most {
		return m.draw(m.whole())
	}
	groups, links := m.named()
	if f == FoldLayers || len(groups) > most {
		groups, links = m.layers(groups, links)
	}
	if len(groups) > maxNodes {
		return refusal(len(groups))
	}
	return m.draw(groups, links)
}

// whole returns each node as a group of its own, and all edges.
func (m *Model) whole() (groups [][]int, links []link) {
	for i := range m.Nodes {
		groups = append(groups, []int{i})
	}
	for i, e := range m.Edges {
		links = append(links, link{edgeID(i), e.From, e.To})
	}
	return groups, links
}

// named returns each node that FoldNames draws as a group of its own. Links take the place of
// the nodes that it does not draw.
func (m *Model) named() (groups [][]int, links []link) {
	group := map[int]int{}
	for i, v := range m.Nodes {
		if v.Name() == "" && v != m.Root() {
			continue
		}
		named, _ := m.sources(i)
		for _, p := range named {
			links = append(links, link{from: group[p], to: len(groups)})
		}
		group[i] = len(groups)
		groups = append(groups, []int{i})
	}
	return groups, links
}

// sources returns what the formula of node i is written with: the named nodes that it is
// computed from, each once, by way of unnamed nodes only, and the number of these.
func (m *Model) sources(i int) (named []int, unnamed int) {
	seen := map[int]bool{}
	next := []int{i}
	for k := 0; k < len(next); k++ {
		for _, v := range m.Nodes[next[k]].Parents() {
			switch p := m.Place[v]; {
			case seen[p]:
			case v.Name() != "":
				named = append(named, p)
			default:
				next = append(next, p)
			}
			seen[m.Place[v]] = true
		}
	}
	slices.Sort(named)
	return named, len(next) - 1
}

// layers merges groups of one node into blocks, by the names of the nodes.
func (m *Model) layers(groups [][]int, links []link) (blocks [][]int, joined []link) {
	// The key of a group is the same for all groups of a block.
	keys, single := make([]string, len(groups)), make([]string, len(groups))
	for g, members := range groups[:len(groups)-1] { // the root stays alone
		keys[g], single[g] = layer(m.Nodes[members[0]].Name()), fmt.Sprint(g)
	}
	level, ok := levels(links, keys)
	if !ok {
		level, _ = levels(links, single)
		for g, members := range groups[:len(groups)-1] {
			keys[g] = fmt.Sprint(naming.Pattern(m.Nodes[members[0]].Name()), " ", level[single[g]])
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

// levels gives each key a number. A block is computed from blocks with smaller numbers only,
// so that sorting the blocks by their numbers puts operands before results. ok is false if
// there are no such numbers, because two blocks are computed from each other.
func levels(links []link, keys []string) (level map[string]int, ok bool) {
	const rounds = 100 // far more than are needed, unless blocks depend on each other
	level = map[string]int{}
	for round := 0; !ok && round < rounds; round++ {
		ok = true
		for _, l := range links {
			if from, to := keys[l.from], keys[l.to]; from != to && level[to] <= level[from] {
				level[to], ok = level[from]+1, false
			}
		}
	}
	return level, ok
}

// layer returns what the names of a block have in common: the word before the first dot, or,
// without a dot, the name with # for its indices.
func layer(name string) string {
	if head, _, dotted := strings.Cut(name, "."); dotted {
		return head
	}
	return naming.Pattern(name)
}
