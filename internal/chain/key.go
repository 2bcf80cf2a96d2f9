package chain

import (
	"fmt"
	"maps"
	"slices"

	"github.com/gradus-go/gradus/internal/derivative"
	"github.com/gradus-go/gradus/internal/naming"
)

// A Key is the derivative of one value with respect to others, one after the other, by their places in Named.
type Key struct {
	Of    int
	By    []int
	Local bool // the last of these derivatives is written with ∂, as a local one
}

// Read reads the name of a derivative, such as dL/dW2 or d²L/dW1 dW2.
//
// A name that can be read as that of a first derivative is one, so dL/dW2 is a derivative with respect to
// the value W2. If a value is named dL/dw, d²L/dw dv is the derivative of this value with respect to v.
func (c *Chain) Read(name string) (k Key, err error) {
	derivatives := map[int]derivative.Name{} // by the places of the values that are named so
	isPart := map[string]bool{}              // of such a name
	for i, v := range c.Named {
		if d, ok := derivative.Parse(v.Name()); ok {
			derivatives[i], isPart[d.Of] = d, true
			for _, by := range d.By {
				isPart[by] = true
			}
		}
	}
	isName := func(name string) bool {
		return isPart[name] || isPart[naming.InFull(name)] || c.Places(name) != nil
	}
	var first derivative.Name
	for _, n := range derivative.Read(name, isName) {
		switch other, ok := c.key(n, derivatives); {
		case !ok:
		case first.By == nil:
			if k, first = other, n; len(n.By) == 1 {
				return k, c.mustDiffer(k)
			}
		case !k.equals(other):
			return k, fmt.Errorf("this can be read as %v and as %v: write exponents as there", first, n)
		}
	}
	if first.By == nil {
		return k, c.misfit(name, isName)
	}
	return k, c.mustDiffer(k)
}

// key returns the derivative of a name, which is that of the value of the name n.Of or, better, of a value
// that is one of these derivatives of it. It reports false if there is none.
func (c *Chain) key(n derivative.Name, derivatives map[int]derivative.Name) (k Key, ok bool) {
	add := func(of int, by []string) {
		other := Key{Of: of, Local: n.Local}
		for _, name := range by {
			other.By = append(other.By, c.Places(name)[:min(1, len(c.Places(name)))]...)
		}
		isLast := slices.Equal(by[max(0, len(by)-1):], n.By[len(n.By)-1:])
		if len(other.By) == len(by) && (isLast || !n.Local && len(by) > 0) && (!ok || len(by) < len(k.By)) {
			k, ok = other, true
		}
	}
	for _, of := range c.Places(n.Of) {
		add(of, n.By)
	}
	for _, of := range slices.Sorted(maps.Keys(derivatives)) {
		d := derivatives[of]
		if by, isPart := without(n.By, d.By); isPart && naming.InFull(d.Of) == naming.InFull(n.Of) {
			add(of, by)
		}
	}
	return k, ok
}

// without returns names without those of a part of them.
func without(names, part []string) (rest []string, isPart bool) {
	rest = slices.Clone(names)
	for _, p := range part {
		i := slices.IndexFunc(rest, func(name string) bool { return naming.InFull(name) == naming.InFull(p) })
		if i < 0 {
			return nil, false
		}
		rest = slices.Delete(rest, i, i+1)
	}
	return rest, true
}

// equals reports whether two keys are the same derivative, in whatever order it is taken.
func (k Key) equals(other Key) bool {
	sorted := func(places []int) []int { return slices.Sorted(slices.Values(places)) }
	return k.Of == other.Of && slices.Equal(sorted(k.By), sorted(other.By))
}

// IsLocal reports whether a derivative with this key, which is f in chain c, is the local one, with all other
// named values held fixed. The derivative of a root is so only if it is written with ∂ and there are other
// paths.
func (c *Chain) IsLocal(f Factor, k Key) bool {
	return c.Has(f) && (f.Of != c.Named[0] || k.Local && len(c.Uses()[f.By]) > 1)
}

// mustDiffer returns an error if several values have the name of one in the key.
func (c *Chain) mustDiffer(k Key) error {
	for _, i := range slices.Concat([]int{k.Of}, k.By) {
		if n := len(c.Places(c.Named[i].Name())); n > 1 {
			return fmt.Errorf("%d values of the graph are named %s", n, c.Named[i].Name())
		}
	}
	return nil
}

// misfit returns an error about a name that cannot be read.
func (c *Chain) misfit(name string, isName func(name string) bool) error {
	if above, below, ok := derivative.Orders(name, isName); ok {
		return fmt.Errorf("the order is %d above the line and %d below it, want the same, as in d²L/dW1 dW2; %s",
			above, below, c.Names())
	}
	if d, ok := derivative.Parse(name); ok && len(d.By) > 1 {
		for _, name := range append(d.By, d.Of) {
			if !isName(name) {
				return fmt.Errorf("no value is named %s; %s", name, c.Names())
			}
		}
	}
	return fmt.Errorf("want the names of two values, as in dL/dW2; %s", c.Names())
}
