package gofile

import (
	"container/heap"
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
)

// A place is where the number of a node is: which of the numbers of an item.
type place struct {
	*item
	at int
}

// A grouper makes items of nodes.
type grouper struct {
	*graph
	places []place
	inner  map[int32]int32 // the parts of sums that are items, and their results
	items  []*item
}

func (it *item) id() string { return fmt.Sprintf("%p", it) }

// items returns the items in the order in which they are computed. In Backward, from the last to the
// first, each gradient then adds up its terms in the very order in which package gradus does.
func (g *graph) items() []*item {
	for {
		r := &grouper{graph: g, places: make([]place, len(g.Ops)), inner: map[int32]int32{}}
		r.leaves()
		r.group()
		order := r.sorted()
		bad := r.outOfOrder()
		if len(bad) == 0 {
			return order
		}
		for it := range bad {
			for _, i := range it.nodes {
				g.refused[i] = true
			}
		}
	}
}

func (r *grouper) leaves() {
	w := &item{kind: params, n: r.Params, nodes: r.Order, active: true, last: -1}
	for k, i := range r.Order {
		r.places[i] = place{w, k}
	}
	r.items = append(r.items, w)
	x := &item{kind: inputs}
	for i := range int32(r.Inputs) {
		if !r.inArray || i == 0 {
			x = &item{kind: inputs, label: r.Names[i], last: i}
			r.items = append(r.items, x)
		}
		r.places[i] = place{x, len(x.nodes)}
		x.nodes = append(x.nodes, i)
		if r.inArray {
			x.n = r.Inputs
		}
	}
}

// group makes the items, from the leaves up.
func (r *grouper) group() {
	level, top := make([]int, len(r.Ops)), 0
	for i := range r.Ops {
		for _, a := range r.Operands(int32(i)) {
			if !r.constant[i] {
				level[i] = max(level[i], level[a]+1)
			}
		}
		top = max(top, level[i])
	}
	chains, nodes := make([][]*chain, top+1), make([][]int32, top+1)
	parts := map[int32]bool{}
	for _, c := range r.chains() {
		chains[level[c.top]] = append(chains[level[c.top]], c)
		for _, i := range c.inner {
			parts[i] = true
		}
	}
	for i := range int32(len(r.Ops)) {
		if r.computes(i) {
			nodes[level[i]] = append(nodes[level[i]], i)
		}
	}
	for l := range nodes {
		var sums []*chain
		for _, c := range chains[l] {
			if c.b != nil {
				sums = append(sums, c)
			} else {
				r.total(c)
			}
		}
		r.products(sums)
		r.lanes(slices.DeleteFunc(slices.Clone(nodes[l]), func(i int32) bool { return parts[i] || r.refused[i] }))
		for _, i := range nodes[l] { // what is left is computed alone
			if !parts[i] && r.places[i].item == nil {
				r.single(i)
			}
		}
	}
	for i := range int32(len(r.Ops)) { // and so are the parts of sums that did not become an item
		if _, ok := r.inner[i]; r.computes(i) && !ok && r.places[i].item == nil {
			r.single(i)
		}
	}
	for _, it := range r.items {
		if it.kind == values && it.args == nil {
			for _, a := range r.Operands(it.nodes[0]) {
				it.args = append(it.args, r.operand([]int32{a}))
			}
		}
	}
}

func (r *grouper) single(i int32) { r.add(&item{kind: values, op: r.Op(i), nodes: []int32{i}}) }

// add adds an item and places its nodes. A sum of one row is a single number.
func (r *grouper) add(it *item) {
	if len(it.nodes) > 1 {
		it.n = len(it.nodes)
	}
	it.label, it.last = r.Names[it.nodes[0]], slices.Max(it.nodes)
	for k, i := range it.nodes {
		r.places[i] = place{it, k}
		it.active = it.active || r.active[i]
	}
	r.items = append(r.items, it)
}

// steady reports whether node number n continues a run: the nodes before it and it are single numbers that
// are all the same, or lie at equal distances in an item, or are constants.
func (r *grouper) steady(n int, node func(i int) int32) bool {
	a, b := node(0), node(n)
	p, q := r.places[a], r.places[b]
	if r.constant[a] || r.constant[b] {
		return r.constant[a] && r.constant[b]
	}
	return p.item == q.item && p.item != nil && q.at-p.at == n*(r.places[node(1)].at-p.at)
}

// operand returns the operand whose lanes are these nodes, for which steady holds.
func (r *grouper) operand(nodes []int32) ref {
	if r.constant[nodes[0]] {
		return r.constants(nodes)
	}
	p := r.places[nodes[0]]
	o := ref{item: p.item, off: p.at}
	if len(nodes) > 1 {
		o.step = r.places[nodes[1]].at - p.at
	}
	return o
}

// constants returns the operand whose lanes are these numbers: one number if all are equal.
func (r *grouper) constants(nodes []int32) ref {
	differs := func(i int32) bool { return num(r.data[i]) != num(r.data[nodes[0]]) }
	if slices.ContainsFunc(nodes, differs) {
		return r.array(nodes)
	}
	return ref{c: r.data[nodes[0]]}
}

// array returns the operand that has these numbers side by side.
func (r *grouper) array(nodes []int32) ref {
	it := &item{kind: numbers, n: len(nodes), nodes: nodes}
	r.items = append(r.items, it)
	return ref{item: it, step: 1}
}

// lanes groups nodes of one level that apply the same op to numbers that lie at equal distances.
func (r *grouper) lanes(nodes []int32) {
	var keys []string
	groups := map[string][]int32{}
	for _, i := range nodes {
		op := r.Op(i)
		if r.places[i].item != nil || op.Arity() < 0 || !known(op) {
			continue
		}
		k := fmt.Sprintf("%p", op)
		for _, a := range r.Operands(i) {
			if p := r.places[a]; r.constant[a] {
				k += " c"
			} else {
				k += " " + p.id()
			}
		}
		if groups[k] == nil {
			keys = append(keys, k)
		}
		groups[k] = append(groups[k], i)
	}
	for _, k := range keys {
		all := groups[k]
		slices.SortStableFunc(all, func(a, b int32) int {
			for j, x := range r.Operands(a) {
				if d := r.places[x].at - r.places[r.Operands(b)[j]].at; d != 0 {
					return d
				}
			}
			return 0
		})
		for len(all) > 0 {
			n := r.lanesFrom(all)
			if args, ok := r.worth(all[:n]); ok {
				r.add(&item{kind: values, op: r.Op(all[0]), nodes: all[:n:n], args: args})
			}
			all = all[n:]
		}
	}
}

// lanesFrom returns with how many of the nodes a run begins.
func (r *grouper) lanesFrom(nodes []int32) int {
	for n := 1; n < len(nodes); n++ {
		for j := range r.Operands(nodes[0]) {
			if !r.steady(n, func(i int) int32 { return r.Operands(nodes[i])[j] }) {
				return n
			}
		}
	}
	return len(nodes)
}

// worth returns the operands of lanes if it pays to compute them in a loop.
func (r *grouper) worth(nodes []int32) (args []ref, ok bool) {
	few := fewLanes
	for _, a := range r.Operands(nodes[0]) {
		if p := r.places[a]; p.item != nil && p.kind >= values && p.n > 0 {
			few = 2
		}
	}
	if len(nodes) < few {
		return nil, false
	}
	for j := range r.Operands(nodes[0]) {
		var lane []int32
		for _, i := range nodes {
			lane = append(lane, r.Operands(i)[j])
		}
		args = append(args, r.operand(lane))
		ok = ok || args[j].item != nil && args[j].step == 1
	}
	return args, ok
}

// A queue has items that are ready to be computed, the one whose last node comes first in front.
type queue []*item

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].last < q[j].last }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(*item)) }
func (q *queue) Pop() any {
	old := *q
	x := old[len(old)-1]
	*q = old[:len(old)-1]
	return x
}

// sorted returns the items in an order in which operands come before results, and which is that of the
// nodes as far as possible.
func (r *grouper) sorted() (order []*item) {
	users, missing := map[*item][]*item{}, map[*item]int{}
	var ready queue
	for _, it := range r.items {
		for _, a := range it.args {
			if a.item != nil {
				users[a.item] = append(users[a.item], it)
				missing[it]++
			}
		}
		if missing[it] == 0 {
			ready = append(ready, it)
		}
	}
	heap.Init(&ready)
	for len(ready) > 0 {
		it := heap.Pop(&ready).(*item)
		it.at = len(order)
		order = append(order, it)
		for _, user := range users[it] {
			if missing[user]--; missing[user] == 0 {
				heap.Push(&ready, user)
			}
		}
	}
	return order
}

// outOfOrder returns items that would add up a gradient in another order than package gradus does. Two
// terms may be added in any order.
func (r *grouper) outOfOrder() map[*item]bool {
	type last struct {
		place
		terms int
		moved bool    // the order differs
		items []*item // which may be why, without those that are bad already
	}
	seen, bad, isAllBad := make([]last, len(r.Ops)), map[*item]bool{}, false
	for c := range int32(len(r.Ops)) {
		if !r.computes(c) {
			continue
		}
		at := r.places[c]
		if top, ok := r.inner[c]; ok {
			at = r.places[top]
		}
		for k, v := range r.Operands(c) {
			if _, part := r.inner[v]; part || !r.active[v] || !r.active[c] || ignored(r.Op(c), k) {
				continue
			}
			s := &seen[v]
			if s.terms > 0 && (at.item.at < s.item.at || at.item == s.item && at.at < s.at) {
				s.moved = true
			}
			if at.n > 0 || at.kind != values {
				s.items = append(s.items, at.item)
			}
			s.place, s.terms = at, s.terms+1
			if !s.moved || s.terms <= 2 {
				continue
			}
			if s.items == nil && !isAllBad { // something that is computed with others is in the way
				isAllBad = true
				s.items = slices.DeleteFunc(slices.Clone(r.items), func(it *item) bool {
					return it.kind < values || it.n == 0
				})
			}
			for _, it := range s.items {
				bad[it] = true
			}
			s.items = s.items[:0]
		}
	}
	return bad
}

// opsOf returns the ops of a graph that are not known, each once.
func (g *graph) opsOf() (unknown []*gradus.Op) {
	for i := range g.Ops {
		op := g.Op(int32(i))
		if g.computes(int32(i)) && !known(op) && !slices.Contains(unknown, op) {
			unknown = append(unknown, op)
		}
	}
	return unknown
}
