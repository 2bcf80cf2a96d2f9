package claim

import (
	"cmp"
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/chain"
)

// A Place says where in the right-hand side of a wrong claim the mistake stands.
type Place struct {
	Parts  []formula.Part // what is wrong, in characters of Right; of a gap, the product or sum that has it
	Gap    bool           // something is missing
	Factor string         // the factor of the chain rule that is wrong or missing, such as ∂a/∂z
	Says   string         // a clause about the parts; "" if the place was not found, and all of Right is marked
}

// maxNodes bounds the formulas in which a place is looked for, in names, numbers and signs.
const maxNodes = 300

// Locate returns where in the claim the mistake stands that a finding of package gradcheck is about. The
// root is that of the graph.
//
// The formula is read as a sum of products, and so is what is in brackets there. For each factor, each
// few factors of one product, each term, and each gap between them, it is known what would have to stand
// there for the whole to be right. Where this is a factor of the chain rule, at several points, this
// factor belongs. If several are, the factors that the finding names come first.
//
// If no single change makes the claim right, factors of the chain rule that the text has are matched
// with it, and what is left of the text is wrong.
func Locate(root *gradus.Value, c Claim, f gradcheck.Finding) Place { return locate(root, c, f, false) }

// locate is Locate. If isNumber is set, the claim holds at the given numbers alone.
func locate(root *gradus.Value, c Claim, f gradcheck.Finding, isNumber bool) Place {
	whole := Place{Factor: f.FirstWrong(), Parts: []formula.Part{trimmed(c.Right)}}
	tree, parts, err := formula.Parts(c.Right)
	if err != nil || root == nil {
		return whole
	}
	order := gradus.Topo(tree)
	if len(order) == 1 && tree.IsConst() || len(order) > maxNodes {
		return whole
	}
	isName := func(v *gradus.Value) bool { return v.Op() == nil && !v.IsConst() }
	r, err := newRight(root, c.Name, f, !isNumber && slices.ContainsFunc(order, isName))
	if err != nil {
		return whole
	}
	l := locator{right: r, text: []rune(c.Right), parts: parts, values: map[*gradus.Value]vector{}, root: tree}
	if !l.evaluate(order) {
		return whole
	}
	if l.equal(l.values[tree], r.whole) {
		return whole // it differs in its rounding
	}
	l.visit(tree, r.whole)
	if len(l.offers) == 0 {
		l.matchFactors()
	}
	if len(l.offers) == 0 {
		return whole
	}
	best := slices.MinFunc(l.offers, offer.compare)
	if best.Factor == "" { // it is part of the factor that belongs around it, if there is one
		around := slices.DeleteFunc(l.offers, func(o offer) bool { return o.Factor == "" || !o.covers(best) })
		best.Factor = whole.Factor
		if len(around) > 0 {
			best.Factor = slices.MinFunc(around, offer.compare).Factor
		}
	}
	return best.Place
}

// trimmed returns the part of a text without the spaces around it.
func trimmed(text string) formula.Part {
	part := formula.Part{To: len([]rune(text))}
	for characters := []rune(text); part.From < part.To && characters[part.From] == ' '; part.From++ {
	}
	for characters := []rune(text); part.From < part.To && characters[part.To-1] == ' '; part.To-- {
	}
	return part
}

// A vector holds a number at each point.
type vector []float64

func (x vector) with(y vector, f func(x, y float64) float64) vector {
	z := make(vector, len(x))
	for i := range x {
		z[i] = f(x[i], y[i])
	}
	return z
}

// one returns a 1 for each point.
func (l *locator) one() vector { return slices.Repeat(vector{1}, len(l.points)) }

func (x vector) times(y vector) vector {
	return x.with(y, func(x, y float64) float64 { return x * y })
}

func (x vector) over(y vector) vector {
	return x.with(y, func(x, y float64) float64 { return x / y })
}

func (x vector) plus(y vector) vector {
	return x.with(y, func(x, y float64) float64 { return x + y })
}

func (x vector) minus(y vector) vector {
	return x.with(y, func(x, y float64) float64 { return x - y })
}

// A locator looks for the place of a mistake in the tree of a formula.
type locator struct {
	*right
	text   []rune
	parts  map[*gradus.Value]formula.Part
	values map[*gradus.Value]vector
	root   *gradus.Value

	offers []offer
}

// evaluate sets the values at all points. It reports whether all names are known and all numbers finite.
func (l *locator) evaluate(order []*gradus.Value) bool {
	ok := true
	for i, p := range l.points {
		nodes := chain.Rebuild(l.root, func(leaf *gradus.Value) float64 {
			found := p.Values(leaf.Name())
			if len(found) != 1 {
				return math.NaN()
			}
			return found[0].Data
		})
		for k, v := range order {
			if l.values[v] == nil {
				l.values[v] = make(vector, len(l.points))
			}
			l.values[v][i] = nodes[k].Data
			ok = ok && !math.IsNaN(nodes[k].Data) && !math.IsInf(nodes[k].Data, 0)
		}
	}
	return ok
}

// equal reports whether two vectors are equal up to rounding.
func (l *locator) equal(x, y vector) bool {
	for i := range x {
		if !(math.Abs(x[i]-y[i]) <= l.tolerance*math.Max(math.Abs(x[i]), math.Abs(y[i]))) {
			return false
		}
	}
	return true
}

// An offer is a place where the mistake may stand.
type offer struct {
	Place
	rank int // the lower, the better it explains the mistake
}

// compare is negative if o is better than other: of those of the same rank, with fewer characters.
func (o offer) compare(other offer) int {
	characters := func(parts []formula.Part) (n int) {
		for _, p := range parts {
			n += p.To - p.From
		}
		return n
	}
	return cmp.Or(o.rank-other.rank, characters(o.Parts)-characters(other.Parts))
}

// covers reports whether all parts of another offer lie within those of o.
func (o offer) covers(other offer) bool {
	return !slices.ContainsFunc(other.Parts, func(part formula.Part) bool {
		return !slices.ContainsFunc(o.Parts, func(p formula.Part) bool {
			return p.From <= part.From && part.To <= p.To
		})
	})
}

func (l *locator) offer(rank int, p Place) { l.offers = append(l.offers, offer{p, rank}) }

// try offers parts if what would have to stand there is something that belongs there. A term in brackets
// can be no more than a part of a factor.
func (l *locator) try(parts []formula.Part, need vector, inBrackets bool) {
	for _, q := range l.quantities {
		if inBrackets && q.rank != inFactor {
			continue
		}
		if l.equal(need, q.at) && !l.equal(need, l.whole) { // in place of all, the whole belongs
			says := "this stands where " + q.name + " belongs"
			l.offer(steps*q.rank+1, Place{parts, false, q.factor, says})
		}
	}
}

// tryGap offers a product or a sum if a factor or a term that belongs there is missing.
func (l *locator) tryGap(v *gradus.Value, need vector, isTerm bool) {
	for _, q := range l.quantities {
		isOne := l.equal(need.times(need), l.one()) // or −1
		rank := steps * q.rank
		if isTerm {
			rank += 2
		}
		if l.equal(need, q.at) && (isTerm && q.isTerm || !isTerm && !isOne) {
			l.offer(rank, Place{l.partsOf(v), true, q.factor, q.name + " is missing here"})
		}
	}
}
