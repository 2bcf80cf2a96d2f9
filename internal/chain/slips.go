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
	// Path says that no factor is wrong, but the sum of the paths leaves some out.
	Path bool
	// Alike has, for a slip that is made in all units of a layer, the single ones.
	Alike []Slip
}

// Slips returns every slip that the structure of the graph allows, in an order that
// depends on nothing else, so that graphs that differ in numbers alone have the same.
func (c *Chain) Slips() []Slip {
	var all []Slip
	for _, f := range c.Factors() {
		edges := c.edges(f)
		add := func(d float64, what string, args ...any) {
			all = append(all, Slip{Factor: f, What: fmt.Sprintf(what, args...), Wrong: map[Factor]float64{f: d}})
		}
		add(-c.Local[f], "wrong sign")
		c.factorTwo(f, edges, add)
		parts := 0
		for _, e := range edges {
			if c.edgeSlips(f, e, add) {
				parts++
			}
		}
		if parts > 1 {
			add(1, "this factor is missing, all of it")
		}
		c.innerPaths(f, edges, add)
	}
	all = append(all, everywhere(all)...)
	all = append(all, c.outerPaths()...)
	return append(all, c.transposed()...)
}

// names finds names that end in numbers: a3[1], w2[1,0], o2.
var names = regexp.MustCompile(`\pL+\d[\d\[\],._]*|\pL+[\[_]\d[\d\[\],._]*`)

// stem replaces the numbers in names that tell the units of a layer apart: all but the
// first, if there are several, since that tells the layer.
func stem(s string) string {
	return names.ReplaceAllStringFunc(s, func(name string) string {
		n, several := 0, len(number.FindAllString(name, -1)) > 1
		return number.ReplaceAllStringFunc(name, func(digits string) string {
			if n++; n == 1 && several {
				return digits
			}
			return "#"
		})
	})
}

var number = regexp.MustCompile(`\d+`)

// everywhere returns the slips that are made in all units of a layer alike.
func everywhere(single []Slip) (all []Slip) {
	place := map[string]int{}
	for _, s := range single {
		key := stem(s.Factor.String() + " " + s.What)
		i, known := place[key]
		if !known {
			i = len(all)
			place[key] = i
			all = append(all, Slip{Factor: s.Factor, What: s.What, Wrong: map[Factor]float64{}})
		}
		if _, twice := all[i].Wrong[s.Factor]; !twice {
			all[i].Wrong[s.Factor] = s.Wrong[s.Factor]
			all[i].Alike = append(all[i].Alike, s)
		}
	}
	return slices.DeleteFunc(all, func(s Slip) bool { return len(s.Alike) < 2 })
}

// with returns the factor if the derivative of one of its edges were d.
func (c *Chain) with(f Factor, e edge, d float64) float64 {
	return c.altered(f, func(other edge, right float64) float64 {
		if other == e {
			return d
		}
		return right
	})
}

// edgeSlips adds the slips that can be made at one edge of a factor. It reports whether there
// are any.
func (c *Chain) edgeSlips(f Factor, e edge, add func(float64, string, ...any)) bool {
	op, x := e.v.Op(), e.parent()
	missing := func(d float64, what string, args ...any) {
		add(c.with(f, e, d), "the factor "+what+" is missing", args...)
	}
	switch name := Builtin(op); {
	case name == "·" || name == "dot":
		other := partner(e)
		if !isTwo(other) {
			missing(1, "%s", call(other))
		}
		if inner := other.Parents(); len(inner) == 1 && Builtin(other.Op()) != "neg" {
			add(c.with(f, e, inner[0].Data), "%s where %s belongs", call(inner[0]), call(other))
		}
	case name == "/" && e.i == 0:
		missing(1, "1/%s", call(e.v.Parents()[1]))
	case name == "square":
		missing(2, "%s", call(x))
	case name == "mean":
		missing(1, "1/%d", len(e.v.Parents()))
	case name == "^" && e.i == 0:
		y := e.v.Parents()[1]
		missing(Partials(e.v)[0]/y.Data, "%s", call(y))
	case op.Arity() == 1 && name != "neg":
		c.functionSlips(f, e, add)
	default:
		return false
	}
	return true
}

// functionSlips adds the slips in the derivative of a function of one number, such as σ.
func (c *Chain) functionSlips(f Factor, e edge, add func(float64, string, ...any)) {
	op, x, z := e.v.Op(), e.parent(), e.v
	name := op.Name()
	add(c.with(f, e, 1), "%s′ is missing", name)
	d := []float64{0}
	op.Partials(d, []float64{z.Data}, op.Eval(z.Data))
	add(c.with(f, e, d[0]), "%s′(%s) where %s′(%s) belongs", name, call(z), name, call(x))
	op.Partials(d, []float64{x.Data}, x.Data)
	add(c.with(f, e, d[0]), "%s where %s belongs, in the formula of %s′", call(x), call(z), name)
}

// isTwo reports whether v is a constant 2 or ½, for which factorTwo has words of its own.
func isTwo(v *gradus.Value) bool {
	return v.Op() == nil && v.Name() == "" && (v.Data == 2 || v.Data == 0.5)
}

// factorTwo adds the slips of a 2 or a ½, with what in the factor gives occasion to them.
func (c *Chain) factorTwo(f Factor, edges []edge, add func(float64, string, ...any)) {
	var why []string
	for _, e := range edges {
		reason := ""
		switch name := Builtin(e.v.Op()); {
		case name == "square":
			reason = "the derivative of a square has a 2"
		case name == "·" && isTwo(partner(e)):
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
			d := c.altered(f, func(e edge, right float64) float64 {
				if e.parent() == p && e != kept {
					return 0
				}
				return right
			})
			add(d, "only path %d of the %d through %s is summed", i+1, len(uses[p]), call(p))
		}
	}
}

// outerPaths returns the slips of leaving out paths where several named values are computed
// from one: one path left out, or all but one.
func (c *Chain) outerPaths() (all []Slip) {
	uses := map[*gradus.Value][]Factor{}
	for _, f := range c.Factors() {
		uses[f.By] = append(uses[f.By], f)
	}
	for _, by := range c.Named {
		n := len(uses[by])
		if n < 2 {
			continue
		}
		for i, f := range uses[by] {
			what := fmt.Sprintf("this one of the %d paths to %s is not summed", n, by.Name())
			all = append(all, Slip{Factor: f, What: what, Wrong: map[Factor]float64{f: 0}, Path: true})
			if n == 2 {
				continue
			}
			wrong := map[Factor]float64{}
			for _, other := range uses[by] {
				if other != f {
					wrong[other] = 0
				}
			}
			what = fmt.Sprintf("of the %d paths to %s only that by %v is summed", n, by.Name(), f)
			omitted := uses[by][0]
			if i == 0 {
				omitted = uses[by][1]
			}
			all = append(all, Slip{Factor: omitted, What: what, Wrong: wrong, Path: true})
		}
	}
	return all
}

// indices finds the last two numbers in the name of a weight, as in w2[1,0], or, where
// nothing is between them, its last two digits, as in w12.
var indices = []*regexp.Regexp{
	regexp.MustCompile(`^(.*?)(\d+)(\D+)(\d+)(\D*)$`),
	regexp.MustCompile(`^(.*?)(\d)()(\d)(\D*)$`),
}

// transpose returns the weight whose indices are those of w the other way round, if there is
// one, and the name of the matrix that both are in.
func transpose(w *gradus.Value, weights map[string]*gradus.Value) (other *gradus.Value, matrix string) {
	for _, r := range indices {
		if m := r.FindStringSubmatch(w.Name()); m != nil {
			if other := weights[m[1]+m[4]+m[3]+m[2]+m[5]]; other != nil {
				return other, m[1] + "#" + m[3] + "#" + m[5]
			}
		}
	}
	return nil, ""
}

// transposed returns the slip of going back through a layer by the weights from j to i
// instead of those from i to j, for every matrix of weights whose names tell row and column.
func (c *Chain) transposed() (all []Slip) {
	weights := map[string]*gradus.Value{}
	for _, v := range c.Named {
		weights[v.Name()] = v
	}
	place := map[string]int{} // of a matrix in all
	for _, f := range c.Factors() {
		for _, e := range c.edges(f) {
			if name := Builtin(e.v.Op()); name != "·" && name != "dot" {
				continue
			}
			w := partner(e)
			other, matrix := transpose(w, weights)
			if other == nil || w.Op() != nil {
				continue
			}
			i, known := place[matrix]
			if !known {
				i = len(all)
				place[matrix] = i
				all = append(all, Slip{Wrong: map[Factor]float64{}})
			}
			if all[i].What == "" && other != w {
				all[i].Factor = f
				all[i].What = fmt.Sprintf("transposed weights: %s where %s belongs", other.Name(), w.Name())
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

// call returns the name of v, or what it is computed by, to a depth at which it is still
// easily read.
func call(v *gradus.Value) string { return callTo(3, v) }

func callTo(depth int, v *gradus.Value) string {
	p := v.Parents()
	switch {
	case v.Name() != "":
		return v.Name()
	case v.Op() == nil:
		return fmt.Sprint(v.Data)
	case depth == 0 || len(p) == 0 || len(p) > 2:
		return v.Op().Name() + "(…)"
	case len(p) == 1:
		return v.Op().Name() + "(" + callTo(depth-1, p[0]) + ")"
	}
	return "(" + callTo(depth-1, p[0]) + " " + v.Op().Name() + " " + callTo(depth-1, p[1]) + ")"
}
