package gradcheck

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/finite"
)

// A claim is one derivative of a student's, after its key and its entry have been parsed.
type claim struct {
	name    string       // the key
	key     chain.Key    // what it says
	chain   *chain.Chain // in which it is a first derivative
	of, by  int          // the places of the two values in Named of this chain
	local   bool         // it is a local derivative
	formula Formula
	number  bool    // the entry is a number, and formula returns it
	written bool    // the number is a text, so that its last digit was rounded
	single  bool    // the number is a float32
	half    float64 // half a unit in the last decimal of the number, or 0 if it has none
}

// parse returns the claims of a derivation, those about one graph together: first derivatives and then, for
// each derivative that is differentiated once more, those. Each are in the order of the chain rule:
// from the root on, and local derivatives before those of the root.
func parse(c *chain.Chain, d Derivation) (all [][]claim, err error) {
	place, known := map[*chain.Chain]int{}, map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(d)) {
		cl, err := newClaim(c, name, d[name])
		if err != nil {
			return nil, fmt.Errorf("gradcheck: %s: %w", name, err)
		}
		k := fmt.Sprint(cl.key)
		if known[k] != "" {
			return nil, fmt.Errorf("gradcheck: %s and %s are the same derivative: give only one", name, known[k])
		}
		known[k] = name
		if _, ok := place[cl.chain]; !ok {
			place[cl.chain], all = len(all), append(all, nil)
		}
		all[place[cl.chain]] = append(all[place[cl.chain]], cl)
	}
	for _, claims := range all {
		slices.SortStableFunc(claims, func(a, b claim) int {
			return cmp.Or(cmp.Compare(a.by, b.by), cmp.Compare(b.of, a.of), cmp.Compare(b.name, a.name)) // ∂ before d
		})
	}
	slices.SortStableFunc(all, func(a, b []claim) int { return len(a[0].key.By) - len(b[0].key.By) })
	return all, nil
}

func newClaim(c *chain.Chain, name string, entry any) (cl claim, err error) {
	cl.name = name
	if cl.key, err = c.Read(name); err != nil {
		return cl, err
	}
	for _, i := range cl.key.By {
		if err = c.CanDerive(c.Named[cl.key.Of], c.Named[i]); err != nil {
			return cl, err
		}
	}
	if cl.chain, cl.of, cl.by, err = c.Higher(cl.key); err != nil {
		return cl, err
	}
	cl.local = cl.chain.IsLocal(cl.factor(cl.chain), cl.key)
	if cl.key.Local = cl.local; !cl.local {
		slices.Sort(cl.key.By) // in whatever order the derivatives are taken
	}
	if err = cl.parseEntry(entry); err != nil {
		return cl, err
	}
	_, err = cl.at(c)
	return cl, err
}

// parseEntry sets the formula and what is known of a number.
func (cl *claim) parseEntry(entry any) error {
	switch x := entry.(type) {
	case string:
		return cl.parseText(x)
	case float64:
		cl.setNumber(x, strconv.FormatFloat(x, 'e', -1, 64))
	case float32:
		cl.setNumber(float64(x), "")
		cl.single = true
	case int:
		cl.setNumber(float64(x), strconv.Itoa(x))
	case Formula:
		cl.formula = x
	case func(func(string) float64) float64:
		cl.formula = x
	case nil:
		return fmt.Errorf("the derivative is nil, want %s", entries)
	default:
		return fmt.Errorf("the derivative is a %T, want %s", entry, entries)
	}
	if cl.formula == nil {
		return fmt.Errorf("the formula is nil, want a function")
	}
	return nil
}

const entries = `a text such as "-0.3875" or "(y − t)·a", a float64, float32 or int, or a Formula`

// parseText parses a number that a student wrote, or a formula.
func (cl *claim) parseText(str string) error {
	s := strings.NewReplacer("− ", "-", "– ", "-", "- ", "-", "−", "-", "–", "-").Replace(strings.TrimSpace(str))
	x, err := strconv.ParseFloat(s, 64)
	if cl.written = err == nil && !strings.ContainsAny(s, "_xXpP"); !cl.written {
		cl.formula, err = formula.Function(str)
		cl.compute(str)
		return err
	}
	cl.setNumber(x, s)
	return nil
}

// setNumber sets the number x, of which the text has as many decimals as are known.
func (cl *claim) setNumber(x float64, text string) {
	cl.number, cl.formula = true, func(func(string) float64) float64 { return x }
	if finite.All(x) {
		cl.half = half(text)
	}
}

// half returns half a unit in the last decimal of a number, or 0 if it has none.
func half(text string) float64 {
	mantissa, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	e, _ := strconv.Atoi(exponent)
	if _, decimals, _ := strings.Cut(mantissa, "."); len(decimals) > e {
		return 0.5 * math.Pow10(e-len(decimals))
	}
	return 0
}

// compute sets the number that a formula without names is. The last digits of the numbers in it were rounded.
func (cl *claim) compute(text string) {
	z, parts, err := formula.Parts(text)
	if err != nil || slices.ContainsFunc(gradus.Topo(z), func(v *gradus.Value) bool { return v.Name() != "" }) {
		return
	}
	cl.setNumber(z.Data, "")
	cl.written = true
	z.Backward()
	for _, v := range gradus.Topo(z) {
		if h := half(string([]rune(text)[parts[v].From:parts[v].To])); v.Op() == nil && finite.All(v.Grad) {
			cl.half += math.Abs(v.Grad) * h
		}
	}
}

// at returns the student's derivative with the numbers of a chain.
func (cl claim) at(c *chain.Chain) (d float64, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the formula panics: %v", r)
		}
	}()
	d = cl.formula(func(name string) float64 {
		found := c.Values(name)
		switch {
		case len(found) == 1:
			return found[0].Data
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

// tolerance returns how far the student's x may be from what it is compared with, given
// Σ Π|∂|: the rounding error of float32 arithmetic for a formula or a float32, that of float64
// arithmetic or half a unit in the last decimal for another number. Where the derivative is small,
// half a unit may be larger. So the tolerance of a number is less than the derivative: neither 0 nor
// the opposite number may pass. If strict is true, a float64 was computed and not rounded.
func (cl claim) tolerance(right, size float64, strict bool) float64 {
	tolerance := 1e-9 * size
	if cl.written || !strict {
		tolerance = max(tolerance, cl.half)
	}
	switch {
	case !cl.number:
		return 1e-6 * size
	case cl.single:
		tolerance = 1e-6 * size
	}
	if math.Abs(right) > 1e-13*size { // or it is 0, up to rounding
		tolerance = min(tolerance, math.Nextafter(math.Abs(right), 0))
	}
	return tolerance
}
