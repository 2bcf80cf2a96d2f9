package gradcheck

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/chain"
)

// rest says on what the formula of claim i rests, which is right for the given numbers only. If it is that
// several of them sum to 1, the formula is right. Otherwise the hint is numbers for which it is wrong.
func (f *Finding) rest(p *point, i int) {
	needed := p.needed(i, p.Moving(), nil)
	if p.sumToOne(i, needed) {
		for _, v := range needed {
			f.Sum = append(f.Sum, v.Name())
		}
		f.OK, f.Coincidence, p.ok[i] = true, false, true
		return
	}
	for _, v := range needed {
		if f.hint = p.refutation(i, v); f.hint != "" {
			return
		}
	}
}

// zeros returns the names of leaves without which the formula of claim i is right only because they are 0,
// such as z·x in place of (z − t)·x where t is 0. There are none if the formula is right also where such a
// leaf is 1: then it does not lack the leaf.
func zeros(p *point, i int) (names []string) {
	numbers := map[*gradus.Value]float64{}
	all := p.Zeros()
	for _, v := range all {
		numbers[v] = 0
	}
	if right, tried := p.isRight(i, p.ElsewhereWith(numbers)); !right || !tried {
		return nil
	}
	for _, v := range all {
		numbers[v] = 1
		if right, tried := p.isRight(i, p.ElsewhereWith(numbers)); !right || !tried {
			names = append(names, v.Name())
		}
		numbers[v] = 0
	}
	return names
}

// isRight reports whether claim i is right with the numbers of all chains, and whether there are any.
func (p *point) isRight(i int, chains []*chain.Chain) (right, tried bool) {
	for _, c := range chains {
		p.left.factors -= 4 * len(c.Factors()) // the time that a chain takes to build
		if !newPoint(c, p.claims[i:i+1], false, p.left).ok[0] {
			return false, true
		}
	}
	return true, len(chains) > 0
}

// fixed returns the given numbers of the leaves that others move with, but for some.
func (p *point) fixed(but ...*gradus.Value) map[*gradus.Value]float64 {
	numbers := map[*gradus.Value]float64{}
	for _, v := range p.Moving() {
		if !slices.Contains(but, v) {
			numbers[v] = v.Data
		}
	}
	return numbers
}

// needed adds to found those of the leaves whose given numbers claim i needs to be right: it is wrong if one
// of them moves. It halves the leaves until each half has none or is one. It ends when no effort is left, and
// when those that were found cannot be probabilities, since it takes time for each that is found.
func (p *point) needed(i int, leaves, found []*gradus.Value) []*gradus.Value {
	sum := 0.0
	for _, v := range found {
		sum += v.Data
		if v.Data < 0 || sum > 1.001 || p.left.factors <= 0 {
			return found
		}
	}
	if right, _ := p.isRight(i, p.ElsewhereWith(p.fixed(leaves...))); right {
		return found
	}
	half := len(leaves) / 2
	if half == 0 {
		return append(found, leaves...)
	}
	return p.needed(i, leaves[half:], p.needed(i, leaves[:half], found))
}

// sumToOne reports whether all that claim i needs of some leaves is that they are not negative and sum to 1,
// as p − t needs it of targets. They must not be what the derivative is taken by: 1 − b is not the derivative
// of a²/2 by a where a + b is 1.
func (p *point) sumToOne(i int, leaves []*gradus.Value) bool {
	for _, v := range gradus.Topo(p.Named[p.claims[i].by]) {
		if slices.Contains(leaves, v) {
			return false
		}
	}
	right, tried := p.isRight(i, p.ElsewhereWith(nil, leaves...))
	return right && tried
}

// refutation says for which other number in a leaf claim i is wrong, and what it is there. It is empty if it
// is not wrong for those that are tried: numbers that are easily computed with.
func (p *point) refutation(i int, leaf *gradus.Value) string {
	cl, numbers, x := p.claims[i:i+1], p.fixed(), math.Round(10*leaf.Data)/10
	for _, number := range []float64{x + 1, x - 1, x + 0.5, x - 0.5, x + 0.1, x - 0.1, 2 * x, x / 2} {
		numbers[leaf] = number
		for _, c := range p.ElsewhereWith(numbers) {
			if at := newPoint(c, cl, false, p.left); !at.ok[0] {
				yours, right := at.yours[0]+0, at.right[0]+0 // not −0
				digits := 4
				for digits < 16 && fmt.Sprintf("%.*g", digits, yours) == fmt.Sprintf("%.*g", digits, right) {
					digits++
				}
				return fmt.Sprintf("with %s = %.10g it is %.*g, and should be %.*g",
					leaf.Name(), number, digits, yours, digits, right)
			}
		}
	}
	return ""
}
