package chain

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/derivative"
)

// Higher returns the chain in which a derivative of c is a first derivative, and the places of its two values
// there. A first derivative is one in c itself. For d²L/dw dv, it is the chain of the graph of dL/dw, as
// [gradus.Gradient] returns it, and the root has this name. It is made of copies of the values of c, and has
// the one named v even if dL/dw does not depend on it. Its functions are for numbers, not for keys.
//
// It returns an error if a function of the caller's own has no such derivative.
func (c *Chain) Higher(k Key) (higher *Chain, of, by int, err error) {
	last := len(k.By) - 1
	if last == 0 {
		return c, k.Of, k.By[0], nil
	}
	inner, name := fmt.Sprint(k.Of, k.By[:last]), c.Named[k.By[last]].Name()
	if higher = c.higher[inner]; higher == nil || higher.Places(name) == nil {
		if higher, err = c.differentiate(k); err != nil {
			return nil, 0, 0, err
		}
		c.higher[inner] = higher
	}
	isLast := func(v *gradus.Value) bool { return v.Name() == name }
	return higher, 0, 1 + slices.IndexFunc(higher.Named[1:], isLast), nil // the root may have this name, too
}

// differentiate makes the chain of a higher derivative.
func (c *Chain) differentiate(k Key) (higher *Chain, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%v", r)
		}
	}()
	order := gradus.Topo(c.Named[0])
	copies := Rebuild(c.Named[0], func(leaf *gradus.Value) float64 { return leaf.Data })
	copyOf := func(i int) *gradus.Value { return copies[slices.Index(order, c.Named[i])] }
	last := len(k.By) - 1
	name, d := derivative.Name{Of: c.Named[k.Of].Name()}, copyOf(k.Of)
	for _, i := range k.By[:last] {
		name.By = append(name.By, c.Named[i].Name())
		d = gradus.Gradient(d, copyOf(i))[0]
	}
	if v := copyOf(k.By[last]); !slices.Contains(gradus.Topo(d), v) {
		d = gradus.Where(gradus.Const(1), d, v)
	}
	d = gradus.Sum(d).As(name.String()) // d itself may be a value that has a name
	return newHigher(gradus.Where(gradus.Const(1), d, copies[len(copies)-1])), nil
}

// newHigher returns the chain of a derivative, which is operand 1 of a node. Operand 2 is the root of the
// graph that was differentiated.
func newHigher(both *gradus.Value) *Chain {
	c := New(both.Parents()[1])
	c.both, c.values = both, New(both.Parents()[2])
	return c
}

// Values returns the values with a name. In the chain of a derivative, these are values of the graph that was
// differentiated.
func (c *Chain) Values(name string) (all []*gradus.Value) {
	if c.values != nil {
		return c.values.Values(name)
	}
	for _, i := range c.Places(name) {
		all = append(all, c.Named[i])
	}
	return all
}
