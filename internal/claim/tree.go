package claim

import (
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/builtin"
)

// The ranks of places. Those of try are from steps on.
const (
	tooMuch   = 0 // without it the whole is right
	wrongSign = 1 // of a term
	steps     = 10
	minusGap  = steps*inBetween + 5
	noFactor  = steps * 100
)

const (
	maxPieces  = 12 // of a product of which all small sets are tried
	longestRun = 4  // of pieces of a longer one
)

// A piece is a factor of a product or a term of a sum.
type piece struct {
	node *gradus.Value // nil for the minus of −a, a factor of −1
	part formula.Part
	at   vector // the factor, or the term with its sign
	flip bool   // it is the denominator, or it is subtracted
}

// visit looks for the mistake in a node, given what it would have to be.
func (l *locator) visit(v *gradus.Value, need vector) {
	terms := l.terms(v, false, nil)
	if l.equal(need, l.scaled(l.values[v], -1)) {
		p := Place{Parts: l.partsOf(v), Gap: true, Says: "a minus sign is missing here"}
		if len(terms) > 1 {
			p = Place{Parts: l.partsOf(v), Says: "this has the wrong sign"}
		}
		l.offer(minusGap, p)
	}
	l.tryGap(v, need.minus(l.values[v]), true)
	if len(terms) == 1 {
		l.visitProduct(v, need)
		return
	}
	for i, t := range terms {
		needed := need
		for j, other := range terms {
			if j != i {
				needed = needed.minus(other.at)
			}
		}
		parts := []formula.Part{t.part}
		switch {
		case l.equal(needed.plus(t.at), t.at):
			l.offer(tooMuch, Place{Parts: parts, Says: "this term is too much"})
		case l.equal(needed, l.scaled(t.at, -1)):
			l.offer(wrongSign, Place{Parts: parts, Says: "the sign of this term is wrong"})
		}
		l.try(parts, needed, v != l.root)
		if t.flip {
			needed = l.scaled(needed, -1)
		}
		l.visitProduct(t.node, needed)
	}
	if v == l.root {
		l.tryGap(v, need.over(l.values[v]), false)
	}
}

// visitProduct looks for the mistake in the factors of a node.
func (l *locator) visitProduct(v *gradus.Value, need vector) {
	pieces := l.pieces(v, false, nil)
	missing := need.over(l.values[v])
	l.tryGap(v, missing, false)
	for set := range subsets(len(pieces)) {
		if len(set) == len(pieces) {
			continue // what is needed in place of all is known before
		}
		needed, parts, says := missing, []formula.Part(nil), "this factor is too much"
		for _, i := range set {
			needed = needed.times(pieces[i].at)
			parts = l.joined(parts, pieces[i].part)
			if pieces[i].node == nil {
				says = "this minus sign is too much"
			}
		}
		if l.equal(needed, l.one()) {
			if len(set) == 1 && pieces[set[0]].node != nil && l.equal(pieces[set[0]].at, l.scaled(needed, -1)) {
				says = "this has the wrong sign" // as −1 in −1/x
			}
			l.offer(tooMuch, Place{Parts: parts, Says: says})
		}
		l.try(parts, needed, false)
	}
	for _, p := range pieces {
		if p.node == nil || len(l.terms(p.node, false, nil)) == 1 {
			continue
		}
		needed := missing.times(p.at)
		if p.flip {
			needed = l.one().over(needed)
		}
		l.visit(p.node, needed)
	}
}

// matchFactors offers the factors of the whole that are left when factors of the chain rule are matched with
// those that are equal.
func (l *locator) matchFactors() {
	left := l.pieces(l.root, false, nil)
	n := len(left)
	var missing []string
	for _, f := range l.path {
		if l.equal(f.at, l.one()) {
			continue
		}
		found := false
		for set := range subsets(len(left)) {
			product := l.one()
			for _, i := range set {
				product = product.times(left[i].at)
			}
			if found = l.equal(product, f.at); found {
				for _, i := range slices.Backward(set) {
					left = slices.Delete(left, i, i+1)
				}
				break
			}
		}
		if !found {
			missing = append(missing, f.name)
		}
	}
	if len(missing) == 0 || len(left) == n {
		return
	}
	names := strings.Join(missing, " and ")
	place := Place{Factor: missing[0], Says: "this stands where " + names + " should stand"}
	for _, p := range left {
		place.Parts = l.joined(place.Parts, p.part)
	}
	if len(left) == 0 {
		place = Place{l.partsOf(l.root), true, missing[0], names + " are missing here"}
	}
	l.offer(noFactor, place)
}

func (l *locator) partsOf(v *gradus.Value) []formula.Part { return []formula.Part{l.parts[v]} }

func (l *locator) scaled(x vector, by float64) vector {
	return x.with(x, func(x, _ float64) float64 { return by * x })
}

// terms adds the terms of a sum.
func (l *locator) terms(v *gradus.Value, minus bool, all []piece) []piece {
	switch kind := builtin.Of(v.Op()); kind {
	case builtin.Add, builtin.Sub:
		all = l.terms(v.Parents()[0], minus, all)
		return l.terms(v.Parents()[1], minus != (kind == builtin.Sub), all)
	}
	at := l.values[v]
	if minus {
		at = l.scaled(at, -1)
	}
	return append(all, piece{v, l.parts[v], at, minus})
}

// pieces adds the factors of a product.
func (l *locator) pieces(v *gradus.Value, inverse bool, all []piece) []piece {
	switch kind := builtin.Of(v.Op()); kind {
	case builtin.Mul, builtin.Div:
		all = l.pieces(v.Parents()[0], inverse, all)
		return l.pieces(v.Parents()[1], inverse != (kind == builtin.Div), all)
	case builtin.Neg:
		operand := v.Parents()[0]
		part := formula.Part{From: l.parts[v].From, To: l.parts[operand].From}
		for strings.ContainsRune("([ ", l.text[part.From]) {
			part.From++
		}
		part.To = part.From + 1
		all = append(all, piece{nil, part, l.values[v].over(l.values[operand]), inverse})
		return l.pieces(operand, inverse, all)
	}
	at, part := l.values[v], l.parts[v]
	if inverse {
		at = l.one().over(at)
		if before := strings.TrimRight(string(l.text[:part.From]), " "); strings.HasSuffix(before, "/") {
			part.From = len([]rune(before)) - 1 // the sign belongs to what it divides by
		}
	}
	return append(all, piece{v, part, at, inverse})
}

// joined adds a part to others before it, and makes one of two that touch or have only a sign between them.
func (l *locator) joined(parts []formula.Part, part formula.Part) []formula.Part {
	if n := len(parts); n > 0 && part.From >= parts[n-1].To &&
		strings.Trim(string(l.text[parts[n-1].To:part.From]), " ·*×⋅∙∗/÷∕") == "" {
		parts[n-1].To = part.To
		return parts
	}
	return append(parts, part)
}

// subsets yields sets of small numbers: first runs, the short ones first, and then, if there are few
// numbers, pairs and triples.
func subsets(n int) func(yield func(set []int) bool) {
	longest := n
	if n > maxPieces {
		longest = longestRun
	}
	return func(yield func(set []int) bool) {
		for length := 1; length <= longest; length++ {
			for from := 0; from+length <= n; from++ {
				set := make([]int, length)
				for i := range set {
					set[i] = from + i
				}
				if !yield(set) {
					return
				}
			}
		}
		for i := 0; i < n && n <= maxPieces; i++ {
			for j := i + 1; j < n; j++ {
				if j > i+1 && !yield([]int{i, j}) {
					return
				}
				for k := j + 1; k < n; k++ {
					if k > i+2 && !yield([]int{i, j, k}) {
						return
					}
				}
			}
		}
	}
}
