package gofile

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus/internal/builtin"
)

// A chain is a sum that is added up from the left: Σ a·b, or Σ a if b is nil.
type chain struct {
	top   int32 // its result
	a, b  []int32
	start start
	first int32   // with which it starts, if that is a value
	inner []int32 // the nodes of its parts
}

// chains finds the sums of the graph. No part of one is a part of another.
func (g *graph) chains() (all []*chain) {
	claimed := make([]bool, len(g.Ops))
	for z := int32(len(g.Ops)) - 1; z >= 0; z-- {
		if !g.computes(z) || claimed[z] || g.refused[z] {
			continue
		}
		var c *chain
		switch g.Kind(z) {
		case builtin.Add:
			c = g.added(z)
		case builtin.Dot:
			x := g.Operands(z)
			c = &chain{top: z, a: x[:len(x)/2], b: x[len(x)/2:], start: fromZero}
		case builtin.Sum:
			c = g.summed(z)
		}
		if c == nil {
			continue
		}
		for _, i := range c.inner {
			claimed[i] = true
		}
		c.a, c.b = slices.Clone(c.a), slices.Clone(c.b)
		for j := range c.b { // the weights first, in whatever order the factors were written
			if !g.IsLeaf(c.a[j]) && g.IsLeaf(c.b[j]) {
				c.a[j], c.b[j] = c.b[j], c.a[j]
			}
		}
		all = append(all, c)
	}
	slices.Reverse(all)
	return all
}

// added returns the chain of additions that ends with z, or nil if it is none.
func (g *graph) added(z int32) *chain {
	c := &chain{top: z, start: fromValue}
	isProduct := g.hidden(g.Operands(z)[1], builtin.Mul)
	term := func(i int32) {
		if isProduct {
			c.a, c.b = append(c.a, g.Operands(i)[0]), append(c.b, g.Operands(i)[1])
			c.inner = append(c.inner, i)
		} else {
			c.a = append(c.a, i)
		}
	}
	for {
		x := g.Operands(z)
		term(x[1])
		z = x[0]
		if !g.hidden(z, builtin.Add) || g.hidden(g.Operands(z)[1], builtin.Mul) != isProduct {
			break
		}
		c.inner = append(c.inner, z)
	}
	if c.first = z; isProduct && g.hidden(z, builtin.Mul) {
		term(z)
		c.start = fromFirst
	}
	slices.Reverse(c.a)
	slices.Reverse(c.b)
	if len(c.a) < 2 {
		return nil
	}
	return c
}

// summed returns the chain that an op for any number of terms is.
func (g *graph) summed(z int32) *chain {
	c := &chain{top: z, start: fromZero}
	x := g.Operands(z)
	if slices.ContainsFunc(x, func(i int32) bool { return !g.hidden(i, builtin.Mul) }) {
		c.a = x
		return c
	}
	for _, i := range x {
		c.a, c.b = append(c.a, g.Operands(i)[0]), append(c.b, g.Operands(i)[1])
	}
	c.inner = slices.Clone(x)
	return c
}

// Loops with fewer products, terms or lanes than these do not pay: their numbers are computed one by one.
const (
	fewProducts = 12
	fewTerms    = 6
	fewLanes    = 10
)

// run returns where nodes that lie side by side are, in this order.
func (r *grouper) run(nodes []int32) (first place, ok bool) {
	first = r.places[nodes[0]]
	for j, i := range nodes {
		if p := r.places[i]; p.item == nil || p.item != first.item || p.at != first.at+j {
			return place{}, false
		}
	}
	return first, true
}

// allConstant reports whether nodes are numbers.
func (r *grouper) allConstant(nodes []int32) bool {
	return !slices.ContainsFunc(nodes, func(i int32) bool { return !r.constant[i] })
}

// products groups chains of one level that multiply the same x.
func (r *grouper) products(chains []*chain) {
	type row struct {
		c    *chain
		w, x []int32
	}
	var keys []string
	rows := map[string][]row{}
	key := func(c *chain, w, x []int32) string {
		at, ok := r.run(w)
		if !ok && !r.allConstant(w) {
			return ""
		}
		if to, ok := r.run(x); ok {
			return fmt.Sprint(len(w), c.start, at.id(), to.id(), to.at)
		}
		if r.allConstant(x) {
			return fmt.Sprint(len(w), c.start, at.id(), x)
		}
		return ""
	}
	for _, c := range chains {
		for _, o := range []row{{c, c.a, c.b}, {c, c.b, c.a}} {
			if k := key(c, o.w, o.x); k != "" {
				if rows[k] == nil {
					keys = append(keys, k)
				}
				rows[k] = append(rows[k], o)
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int { return len(rows[b]) - len(rows[a]) })
	for _, k := range keys {
		all := slices.DeleteFunc(rows[k], func(o row) bool { return r.places[o.c.top].item != nil })
		slices.SortStableFunc(all, func(a, b row) int { return r.places[a.w[0]].at - r.places[b.w[0]].at })
		for len(all) > 0 {
			n := 1
			for n < len(all) && r.steady(n, func(i int) int32 { return all[i].w[0] }) &&
				(all[0].c.start != fromValue || r.steady(n, func(i int) int32 { return all[i].c.first })) {
				n++
			}
			if n*len(all[0].w) >= fewProducts {
				r.addProducts(n, func(i int) (c *chain, w, x []int32) { return all[i].c, all[i].w, all[i].x })
			}
			all = all[n:]
		}
	}
}

// addProducts adds n sums of products as one item, unless some weights are multiplied by weights.
func (r *grouper) addProducts(n int, row func(i int) (c *chain, w, x []int32)) {
	c, _, x := row(0)
	it := &item{kind: products, terms: len(x), start: c.start}
	var all, first []int32
	for i := range n {
		c, w, _ := row(i)
		it.nodes = append(it.nodes, c.top)
		all, first = append(all, w...), append(first, c.first)
	}
	it.args = []ref{r.matrix(all, len(x), n), r.vector(x)}
	it.args[1].step = 0 // each row has all of x
	if it.start == fromValue {
		it.args = append(it.args, r.operand(first))
	}
	if overlap(it.args[0], it.args[1], n, len(x)) {
		return
	}
	for i := range n {
		c, _, _ := row(i)
		for _, i := range c.inner {
			r.inner[i] = c.top
		}
	}
	r.add(it)
}

// overlap reports whether some of the weights w are among x, in other places than these.
func overlap(w, x ref, n, terms int) bool {
	return w.item == x.item && w.active && (n > 1 || w.off != x.off) &&
		x.off < w.off+w.step*(n-1)+terms && w.off < x.off+terms
}

// matrix returns the operand of products whose rows are these nodes.
func (r *grouper) matrix(w []int32, terms, n int) ref {
	o := r.vector(w)
	if o.step = terms; n > 1 && o.kind != numbers {
		o.step = r.places[w[terms]].at - o.off
	}
	return o
}

// vector returns the operand that begins with the first of these nodes, which lie side by side.
func (r *grouper) vector(x []int32) ref {
	if r.allConstant(x) {
		return r.array(x)
	}
	return ref{item: r.places[x[0]].item, off: r.places[x[0]].at, step: 1}
}

// total adds a sum of numbers that lie side by side, if it is long.
func (r *grouper) total(c *chain) {
	if len(c.a) < fewTerms || r.constant[c.a[0]] {
		return
	}
	first, ok := r.run(c.a)
	if !ok {
		return
	}
	it := &item{kind: total, nodes: []int32{c.top}, terms: len(c.a), start: c.start}
	it.args = []ref{{item: first.item, off: first.at, step: 1}}
	before := r.places[c.first]
	if c.start == fromValue && before.item == first.item && before.at == first.at-1 {
		it.start, it.terms, it.args[0].off = fromFirst, it.terms+1, first.at-1
	} else if c.start == fromValue {
		it.args = append(it.args, r.operand([]int32{c.first}))
	}
	for _, i := range c.inner {
		r.inner[i] = c.top
	}
	r.add(it)
}
