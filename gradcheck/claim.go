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

// A claim is one derivative of a student's, after its key and its entry have been parsed.
type claim struct {
	name    string // the key
	of, by  int    // the places of the two values in Chain.Named
	local   bool   // it is a local derivative
	formula Formula
	number  bool // the entry is a number, and formula returns it
}

// parse returns the claims of a derivation in the order of the chain rule: from the root on,
// and local derivatives before those of the root.
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
			return nil, fmt.Errorf("gradcheck: %s and %s are the same derivative: give only one of them",
				a.name, b.name)
		}
	}
	return claims, nil
}

func newClaim(c *chain.Chain, name string, entry any) (cl claim, err error) {
	cl.name = name
	if cl.of, cl.by, err = split(c, name); err != nil {
		return cl, err
	}
	of, by := c.Named[cl.of], c.Named[cl.by]
	if _, depends := c.Whole(of, nil, nil)[by]; !depends || of == by {
		return cl, fmt.Errorf("%s is not computed from %s", of.Name(), by.Name())
	}
	if by.IsConst() {
		return cl, fmt.Errorf("%s is a constant, and there are no derivatives with respect to constants: "+
			"make it with gradus.New", by.Name())
	}
	cl.local = cl.of > 0 && c.Has(chain.Factor{Of: of, By: by})
	if cl.formula, cl.number, err = parseEntry(entry); err != nil {
		return cl, err
	}
	_, err = cl.at(c)
	return cl, err
}

// parseEntry returns an entry of a derivation as a formula, and whether it is a number.
func parseEntry(entry any) (f Formula, isNumber bool, err error) {
	constant := func(x float64) Formula { return func(func(string) float64) float64 { return x } }
	switch x := entry.(type) {
	case float64:
		return constant(x), true, nil
	case int:
		return constant(float64(x)), true, nil
	case Formula:
		f = x
	case func(func(string) float64) float64:
		f = x
	case nil:
		return nil, false, errors.New("the derivative is nil, want a float64, an int or a Formula")
	default:
		return nil, false, fmt.Errorf("the derivative is a %T, want a float64, an int or a Formula", x)
	}
	if f == nil {
		return nil, false, errors.New("the formula is nil, want a function")
	}
	return f, false, nil
}

// split returns the places in Named of the two values that a key names.
func split(c *chain.Chain, key string) (of, by int, err error) {
	for _, d := range []string{"d", "∂"} {
		rest, ok := strings.CutPrefix(key, d)
		if !ok {
			continue
		}
		for i := range rest {
			for _, separator := range []string{"/" + d, "_" + d} {
				tail, ok := strings.CutPrefix(rest[i:], separator)
				of, by := places(c, rest[:i]), places(c, tail)
				switch {
				case !ok || of == nil || by == nil:
					continue
				case len(of) > 1:
					return 0, 0, fmt.Errorf("%d values of the graph are named %s", len(of), rest[:i])
				case len(by) > 1:
					return 0, 0, fmt.Errorf("%d values of the graph are named %s", len(by), tail)
				}
				return of[0], by[0], nil
			}
		}
	}
	return 0, 0, errors.New("want the names of two values, as in dL/dW2; " + namesIn(c))
}

// places returns the places in Named of the values with a name. The empty name has none.
func places(c *chain.Chain, name string) (all []int) {
	for i, v := range c.Named {
		if v.Name() == name && name != "" {
			all = append(all, i)
		}
	}
	return all
}

// namesIn returns a clause that lists the names in a graph.
func namesIn(c *chain.Chain) string {
	names := make([]string, len(c.Named))
	for i, v := range c.Named {
		names[i] = v.Name()
	}
	switch {
	case names[0] != "":
		return "the graph has " + strings.Join(names, ", ")
	case len(names) > 1:
		return "the graph has " + strings.Join(names[1:], ", ") + ", and its root has no name"
	}
	return "the graph has no names"
}

// at returns the student's derivative with the numbers of a chain.
func (cl claim) at(c *chain.Chain) (d float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the formula panics: %v", r)
		}
	}()
	d = cl.formula(func(name string) float64 {
		found := places(c, name)
		switch {
		case len(found) == 1:
			return c.Named[found[0]].Data
		case err == nil && found == nil:
			err = fmt.Errorf("the formula asks for %q, which is no value of the graph", name)
		case err == nil:
			err = fmt.Errorf("the formula asks for %q, which is the name of several values", name)
		}
		return math.NaN()
	})
	return d, err
}

// factor returns the pair of values that the claim is about.
func (cl claim) factor(c *chain.Chain) chain.Factor {
	return chain.Factor{Of: c.Named[cl.of], By: c.Named[cl.by]}
}

// right returns the graph's derivative, and Σ Π|∂| over its paths.
func (cl claim) right(c *chain.Chain) (d, size float64) {
	f := cl.factor(c)
	if cl.local {
		return c.Local[f], c.LocalSize(f)
	}
	return c.Whole(f.Of, nil, nil)[f.By], c.Size(f)
}

// tolerance returns how far the student's x may be from what it is compared with, given
// Σ Π|∂|. For a formula this is the rounding error of float32 arithmetic. For a number it is
// the error of a product of two factors of four digits each, or half a unit in the last decimal
// of x, whichever is larger. Where terms of a sum cancel, Σ Π|∂| can be far larger than the
// derivative. So the tolerance of a number is at most half of the derivative: neither 0 nor the
// opposite number may pass.
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

// halfUnit returns half a unit in the last decimal of the shortest text of x, or 0 if x is a
// whole number: 0.005 for 0.25.
func halfUnit(x float64) float64 {
	if x == math.Trunc(x) || math.IsNaN(x) {
		return 0
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', -1, 64), "e")
	e, _ := strconv.Atoi(exponent)
	_, decimals, _ := strings.Cut(mantissa, ".")
	return 0.5 * math.Pow10(e-len(decimals))
}
