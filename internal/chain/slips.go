package chain

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
)

// A Slip is a mistake that students make: what was done in which factor, and the wrong
// factors that it leads to.
type Slip struct {
	Factor Factor
	What   string
	Wrong  map[Factor]float64
}

// Slips returns every slip that the structure of the graph allows, in an order that
// depends on nothing else, so that graphs that differ in numbers alone have the same.
func (c *Chain) Slips() []Slip {
	var all []Slip
	for _, f := range c.Factors() {
		edges := c.edges(f)
		add := func(d float64, what string, args ...any) {
			all = append(all, Slip{f, fmt.Sprintf(what, args...), map[Factor]float64{f: d}})
		}
		add(-c.Local[f], "wrong sign")
		c.factorTwo(f, edges, add)
		for _, e := range edges {
			c.edgeSlips(f, e, add)
		}
		c.innerPaths(f, edges, add)
	}
	all = append(all, c.outerPaths()...)
	return append(all, c.transposed()...)
}

// with returns the factor if the derivative of one of its edges were d.
func (c *Chain) with(f Factor, e edge, d float64) float64 {
	return c.locals(f.Of, func(other edge, right float64) float64 {
		if other == e {
			return d
		}
		return right
	})[f.By]
}

// edgeSlips adds the slips that can be made at one edge of a factor.
func (c *Chain) edgeSlips(f Factor, e edge, add func(float64, string, ...any)) {
	op, x, z := e.v.Op(), e.parent(), e.v
	name := op.Name()
	switch {
	case name == "·" || name == "dot":
		other := partner(e)
		if other.Label() != "" {
			add(c.with(f, e, 1), "the factor %s is missing", other.Label())
		}
		if inner := other.Parents(); len(inner) == 1 && !linear(other.Op()) {
			add(c.with(f, e, inner[0].Data), "%s where %s belongs",
				call(inner[0]), call(other))
		}
	case name == "/" && e.i == 0:
		y := e.v.Parents()[1]
		add(c.with(f, e, 1), "the factor 1/%s is missing", call(y))
	case name == "square":
		add(c.with(f, e, 2), "the factor %s is missing", call(x))
	case op.Arity() == 1 && !linear(op):
		add(c.with(f, e, 1), "%s′ is missing", name)
		d := []float64{0}
		op.Partials(d, []float64{z.Data}, op.Eval(z.Data))
		add(c.with(f, e, d[0]), "%s′(%s) where %s′(%s) belongs",
			name, call(z), name, call(x))
		op.Partials(d, []float64{x.Data}, x.Data)
		add(c.with(f, e, d[0]), "%s where %s belongs, in the formula of %s′",
			call(x), call(z), name)
	}
}

// factorTwo adds the slips of a 2 or a ½, with what in the factor gives occasion to them.
func (c *Chain) factorTwo(f Factor, edges []edge, add func(float64, string, ...any)) {
	var why []string
	for _, e := range edges {
		reason := ""
		switch name := e.v.Op().Name(); {
		case name == "square":
			reason = "the derivative of a square has a 2"
		case name == "·" && partner(e).Label() == "" && partner(e).Op() == nil:
			reason = fmt.Sprintf("there is a constant %g", partner(e).Data)
		}
		if reason != "" && !slices.Contains(why, reason) {
			why = append(why, reason)
		}
	}
	because := ""
	if why != nil {
		because = ": " + strings.Join(why, ", ")
	}
	add(2*c.Local[f], "twice too large%s", because)
	add(c.Local[f]/2, "half as large as it should be%s", because)
}

// innerPaths adds the slips of summing one path only where a value is used several times
// within one factor.
func (c *Chain) innerPaths(f Factor, edges []edge, add func(float64, string, ...any)) {
	uses := map[*gradus.Value][]edge{}
	var order []*gradus.Value
	for _, e := range edges {
		p := e.parent()
		if uses[p] == nil {
			order = append(order, p)
		}
		uses[p] = append(uses[p], e)
	}
	for _, p := range order {
		if len(uses[p]) < 2 {
			continue
		}
		for i, kept := range uses[p] {
			d := c.locals(f.Of, func(e edge, right float64) float64 {
				if e.parent() == p && e != kept {
					return 0
				}
				return right
			})[f.By]
			add(d, "only path %d of the %d through %s is summed", i+1, len(uses[p]), call(p))
		}
	}
}

// outerPaths returns the slips of summing one path only where several named values are
// computed from one.
func (c *Chain) outerPaths() (all []Slip) {
	uses := map[*gradus.Value][]Factor{}
	for _, f := range c.Factors() {
		uses[f.By] = append(uses[f.By], f)
	}
	for _, by := range c.Named {
		if len(uses[by]) < 2 {
			continue
		}
		for _, kept := range uses[by] {
			wrong := map[Factor]float64{}
			for _, f := range uses[by] {
				if f != kept {
					wrong[f] = 0
				}
			}
			what := fmt.Sprintf("only this one of the %d paths to %s is summed", len(uses[by]), by.Label())
			all = append(all, Slip{kept, what, wrong})
		}
	}
	return all
}

// indices finds the last two numbers in the name of a weight.
var indices = regexp.MustCompile(`^(.*?)(\d+)(\D+)(\d+)(\D*)$`)

// transposed returns the slip of going back through a layer by the weights from j to i
// instead of those from i to j, for every matrix of weights whose names tell row and column.
func (c *Chain) transposed() (all []Slip) {
	weights := map[string]*gradus.Value{}
	for _, v := range c.Named {
		weights[v.Label()] = v
	}
	place := map[string]int{} // of a matrix in all
	for _, f := range c.Factors() {
		for _, e := range c.edges(f) {
			if name := e.v.Op().Name(); name != "·" && name != "dot" {
				continue
			}
			w := partner(e)
			m := indices.FindStringSubmatch(w.Label())
			if m == nil || w.Op() != nil {
				continue
			}
			other := weights[m[1]+m[4]+m[3]+m[2]+m[5]]
			if other == nil {
				continue
			}
			matrix := m[1] + "#" + m[3] + "#" + m[5]
			i, known := place[matrix]
			if !known {
				i = len(all)
				place[matrix] = i
				all = append(all, Slip{Wrong: map[Factor]float64{}})
			}
			if all[i].What == "" && other != w {
				all[i].Factor = f
				all[i].What = fmt.Sprintf("transposed weights: %s where %s belongs", other.Label(), w.Label())
			}
			all[i].Wrong[f] = c.with(f, e, other.Data)
		}
	}
	return slices.DeleteFunc(all, func(s Slip) bool { return s.What == "" })
}

// partner is the value that the derivative of a product with respect to an operand is.
func partner(e edge) *gradus.Value {
	p := e.v.Parents()
	return p[(e.i+len(p)/2)%len(p)]
}

// linear reports whether a function of one number has a constant derivative.
func linear(op *gradus.Op) bool { return op.Name() == "neg" }

// call returns the name of v, or what it is computed by, to a depth at which it is still
// easily read.
func call(v *gradus.Value) string { return callTo(3, v) }

func callTo(depth int, v *gradus.Value) string {
	p := v.Parents()
	switch {
	case v.Label() != "":
		return v.Label()
	case v.Op() == nil:
		return fmt.Sprint(v.Data)
	case depth == 0 || len(p) == 0 || len(p) > 2:
		return v.Op().Name() + "(…)"
	case len(p) == 1:
		return v.Op().Name() + "(" + callTo(depth-1, p[0]) + ")"
	}
	return "(" + callTo(depth-1, p[0]) + " " + v.Op().Name() + " " + callTo(depth-1, p[1]) + ")"
}
