package gradcheck

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/chain"
)

// A claim is a derivative of a student's, with its name understood.
type claim struct {
	name    string
	of, by  int // places in Chain.Named
	local   bool
	formula Formula // a constant one for a number
	number  bool
}

// parse understands a derivation and puts it in the order of the chain rule: from the root
// on, and what is local before what is of the root.
func parse(c *chain.Chain, d Derivation) ([]claim, error) {
	var claims []claim
	for _, name := range slices.Sorted(maps.Keys(d)) {
		cl, err := newClaim(c, name, d[name])
		if err != nil {
			return nil, fmt.Errorf("gradcheck: %s: %w", name, err)
		}
		claims = append(claims, cl)
	}
	slices.SortStableFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(b.of, a.of))
	})
	for i := 1; i < len(claims); i++ {
		if a, b := claims[i-1], claims[i]; a.of == b.of && a.by == b.by {
			return nil, fmt.Errorf("gradcheck: %s and %s are the same derivative, want it once", a.name, b.name)
		}
	}
	return claims, nil
}

func newClaim(c *chain.Chain, name string, x any) (cl claim, err error) {
	cl.name = name
	if cl.of, cl.by, err = split(c, name); err != nil {
		return cl, err
	}
	of, by := c.Named[cl.of], c.Named[cl.by]
	if _, depends := c.Whole(of, nil, nil)[by]; !depends || of == by {
		return cl, fmt.Errorf("%s is not computed from %s", of.Name(), by.Name())
	}
	cl.local = cl.of > 0 && c.Has(chain.Factor{Of: of, By: by})
	switch x := x.(type) {
	case float64:
		cl.number, cl.formula = true, func(func(string) float64) float64 { return x }
	case int:
		cl.number, cl.formula = true, func(func(string) float64) float64 { return float64(x) }
	case Formula:
		cl.formula = x
	case func(func(string) float64) float64:
		cl.formula = x
	}
	if cl.formula == nil {
		return cl, fmt.Errorf("the derivative is a %T, want a float64, an int or a Formula", x)
	}
	_, err = cl.at(c)
	return cl, err
}

// split finds the two values that a derivative is named after.
func split(c *chain.Chain, name string) (of, by int, err error) {
	places := map[string][]int{}
	for i, v := range c.Named {
		places[v.Name()] = append(places[v.Name()], i)
	}
	for _, d := range []string{"d", "∂"} {
		rest, ok := strings.CutPrefix(name, d)
		if !ok {
			continue
		}
		for i := range rest {
			for _, sep := range []string{"/" + d, "_" + d} {
				tail, ok := strings.CutPrefix(rest[i:], sep)
				of, by := places[rest[:i]], places[tail]
				if !ok || rest[:i] == "" || len(of) == 0 || len(by) == 0 {
					continue
				}
				if len(of) > 1 || len(by) > 1 {
					return 0, 0, errors.New("several values of the graph have one of these names")
				}
				return of[0], by[0], nil
			}
		}
	}
	var known []string
	for _, v := range c.Named {
		if v.Name() != "" {
			known = append(known, v.Name())
		}
	}
	hint := ""
	if c.Named[0].Name() == "" {
		hint = "; its root has no name"
	}
	return 0, 0, fmt.Errorf("want a name like dL/dW2, of two values of the graph, which are %s%s",
		strings.Join(known, ", "), hint)
}

// at returns what the student says the derivative is, with the numbers of a chain.
func (cl claim) at(c *chain.Chain) (d float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the formula panics: %v", r)
		}
	}()
	d = cl.formula(func(name string) float64 {
		var found []float64
		for _, v := range c.Named {
			if v.Name() == name && name != "" {
				found = append(found, v.Data)
			}
		}
		switch {
		case len(found) == 1:
			return found[0]
		case err == nil && found == nil:
			err = fmt.Errorf("the formula asks for %q, which is no value of the graph", name)
		case err == nil:
			err = fmt.Errorf("the formula asks for %q, which is the name of several values", name)
		}
		return math.NaN()
	})
	return d, err
}

// factor returns the local derivative that the claim is about.
func (cl claim) factor(c *chain.Chain) chain.Factor {
	return chain.Factor{Of: c.Named[cl.of], By: c.Named[cl.by]}
}

// right returns the derivative according to the chain, and Σ Π|∂| over its paths.
func (cl claim) right(c *chain.Chain) (d, size float64) {
	f := cl.factor(c)
	if cl.local {
		return c.Local[f], c.LocalSize(f)
	}
	return c.Whole(f.Of, nil, nil)[f.By], c.Size(f)
}

// tolerance returns by how much the student's x may differ from what it is compared with,
// given Σ Π|∂|: for a formula by what float32 arithmetic may round, for a number by what a
// product of two factors of four digits each is off, or by half a unit in its last decimal.
// But a number must be told from its opposite and from 0, whatever cancels in it.
func (cl claim) tolerance(x, right, size float64) float64 {
	if !cl.number {
		return 1e-6 * size
	}
	tolerance := max(1e-3*size, halfUnit(x))
	if right != 0 {
		tolerance = min(tolerance, math.Abs(right)/2)
	}
	return tolerance
}

// halfUnit returns half a unit in the last of the decimals that x is written with, or 0 if x
// has none.
func halfUnit(x float64) float64 {
	if x == math.Trunc(x) || math.IsNaN(x) {
		return 0
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	_, decimals, _ := strings.Cut(mantissa, ".")
	return 0.5 * math.Pow10(e-len(decimals))
}
