package gradcheck

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/internal/chain"
)

// A candidate is a slip that the structure of a graph allows, and may explain a wrong
// derivative.
type candidate struct {
	factor chain.Factor             // the local factor in which the slip is made
	what   string                   // what is done there
	kind   string                   // the same for this slip in all units of a layer
	wrong  map[chain.Factor]float64 // the factors that it changes, and their wrong numbers
	uses   []chain.Factor           // if paths are left out of a sum, and no factor is wrong: all by its value
	inner  bool                     // paths within the factor are left out of a sum
	alike  []candidate              // of a slip made in all units of a layer: the single slips
}

// candidates returns every slip that the structure of the graph allows in the first factors, of which
// there are n. Their order depends on the structure alone, so graphs that differ only in their numbers
// have the same slips at the same places. If the deadline passes, candidates takes fewer factors, and
// sets n to their number.
func candidates(c *chain.Chain, n *int, deadline time.Time) []candidate {
	var all []candidate
	factors := c.Factors()
	*n = min(*n, len(factors))
	for k, f := range factors[:*n] {
		if time.Now().After(deadline) {
			*n = k
			break
		}
		s := slipsIn{c, f, c.Edges(f), c.Weights(f), &all}
		s.add(-c.Local[f], "wrong sign")
		s.factorTwo()
		parts := 0
		for _, e := range s.edges {
			if s.atEdge(e) {
				parts++
			}
		}
		if parts > 1 {
			s.add(1, "this factor is missing, all of it")
		}
		s.innerPaths()
	}
	all = slices.Concat(all, inAllUnits(all), outerPaths(c), transposed(c, factors[:*n]))
	slices.SortStableFunc(all, func(a, b candidate) int { return c.Compare(a.factor, b.factor) })
	return all
}

// slipsIn collects the slips that can be made in one factor.
type slipsIn struct {
	*chain.Chain
	factor chain.Factor
	edges  []chain.Edge
	weight func(e chain.Edge) float64 // by how much the factor changes with an edge
	all    *[]candidate
}

// add adds a slip that gives the factor the number d. The parameter what is a format string as in
// package fmt. An argument that is a Value is printed as its expression.
func (s slipsIn) add(d float64, what string, args ...any) {
	unchanged := func(name string) string { return name }
	kind := chain.Pattern(s.factor.Of.Name()) + "/" + chain.Pattern(s.factor.By.Name()) + " "
	*s.all = append(*s.all, candidate{
		factor: s.factor,
		what:   phrase(what, args, unchanged),
		kind:   kind + phrase(what, args, chain.Pattern),
		wrong:  map[chain.Factor]float64{s.factor: d},
	})
}

// phrase formats args as fmt does, except that it shows a Value as an expression, with
// name(n) in place of each name n.
func phrase(format string, args []any, name func(string) string) string {
	shown := slices.Clone(args)
	for i, arg := range args {
		if v, ok := arg.(*gradus.Value); ok {
			shown[i] = chain.Expression(v, name, 3)
		}
	}
	return fmt.Sprintf(format, shown...)
}

// with returns the number of the factor if edge e had the derivative d.
func (s slipsIn) with(e chain.Edge, d float64) float64 {
	change := d - s.Partial(e)
	if change == 0 {
		return s.Local[s.factor]
	}
	return s.Local[s.factor] + float64(s.weight(e)*change)
}

// atEdge adds the slips that can be made at one edge, and reports whether there are any.
func (s slipsIn) atEdge(e chain.Edge) bool {
	missing := func(d float64, what string, args ...any) {
		s.add(s.with(e, d), "the factor "+what+" is missing", args...)
	}
	op, operands := e.Node.Op(), e.Node.Parents()
	switch kind := builtin.Of(op); {
	case kind == builtin.Mul || kind == builtin.Dot:
		other := e.Partner()
		if !isTwo(other) {
			missing(1, "%v", other)
		}
		if inner := other.Parents(); len(inner) == 1 && builtin.Of(other.Op()) != builtin.Neg {
			s.add(s.with(e, inner[0].Data), "%v where %v belongs", inner[0], other)
		}
	case kind == builtin.Div && e.Operand == 0:
		missing(1, "1/%v", operands[1])
	case kind == builtin.Square:
		missing(2, "%v", operands[0])
	case kind == builtin.Mean:
		missing(1, "1/%d", len(operands))
	case kind == builtin.Pow && e.Operand == 0:
		missing(s.Partial(e)/operands[1].Data, "%v", operands[1])
	case op.Arity() == 1 && kind != builtin.Neg:
		s.ofFunction(e)
	default:
		return false
	}
	return true
}

// ofFunction adds the slips in the derivative of a function of one number, such as σ.
func (s slipsIn) ofFunction(e chain.Edge) {
	op, x, z := e.Node.Op(), e.Parent(), e.Node
	name := op.Name()
	s.add(s.with(e, 1), "%s′ is missing", name)
	d := []float64{0}
	op.Partials(d, []float64{z.Data}, op.Eval(z.Data))
	s.add(s.with(e, d[0]), "%s′(%v) where %s′(%v) belongs", name, z, name, x)
	op.Partials(d, []float64{x.Data}, x.Data)
	s.add(s.with(e, d[0]), "%v where %v belongs, in the formula of %s′", x, z, name)
}

// isTwo reports whether v is a 2 or a ½ without a name, for which factorTwo has its own words.
func isTwo(v *gradus.Value) bool {
	return v.Op() == nil && v.Name() == "" && (v.Data == 2 || v.Data == 0.5)
}

// factorTwo adds the slips of a 2 or a ½ that is left out or counted twice, with the reasons
// for which there is one in the factor.
func (s slipsIn) factorTwo() {
	var why []string
	for _, e := range s.edges {
		reason := ""
		switch kind := builtin.Of(e.Node.Op()); {
		case kind == builtin.Square:
			reason = "the derivative of a square has a 2"
		case kind == builtin.Mul && isTwo(e.Partner()):
			reason = fmt.Sprintf("there is a constant %g", e.Partner().Data)
		}
		if reason != "" && !slices.Contains(why, reason) {
			why = append(why, reason)
		}
	}
	because := ""
	if why != nil {
		because = ": " + strings.Join(why, ", ")
	}
	s.add(2*s.Local[s.factor], "twice too large%s", because)
	s.add(s.Local[s.factor]/2, "half as large as it should be%s", because)
}

// inAllUnits returns, for each slip that can be made alike in several units of a layer, the
// slip of making it in all of them.
func inAllUnits(single []candidate) (all []candidate) {
	place := map[string]int{}
	for _, s := range single {
		i, known := place[s.kind]
		if !known {
			i, place[s.kind] = len(all), len(all)
			all = append(all, candidate{factor: s.factor, what: s.what, wrong: map[chain.Factor]float64{}})
		}
		if _, twice := all[i].wrong[s.factor]; !twice {
			all[i].wrong[s.factor] = s.wrong[s.factor]
			all[i].alike = append(all[i].alike, s)
		}
	}
	return slices.DeleteFunc(all, func(s candidate) bool { return len(s.alike) < 2 })
}
