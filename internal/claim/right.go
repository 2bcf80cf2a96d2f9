package claim

import (
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/derivative"
)

// right holds what a derivative is at several points, and what can belong into it.
type right struct {
	points     []*chain.Chain
	of, by     int // the places of its two values in Named
	whole      vector
	quantities []quantity
	path       []quantity // the factors, if there is one path
	tolerance  float64
}

// A quantity is something that can be part of a derivative.
type quantity struct {
	at     vector
	name   string
	factor string // the factor of the chain rule that it is, or is part of
	rank   int    // the lower, the sooner it is meant
	isTerm bool   // it can be a term of the derivative, or of one of its factors
}

// The ranks of quantities.
const (
	inSlip    = iota + 1 // the factor with the first of the usual slips
	inBetween            // another one in which the mistake can be
	inFactor             // a part of a factor
	slipPath             // a path through the factor with the first of the usual slips
	ofPath               // a product of factors
	elsewhere            // a factor that is confirmed by another claim
)

// maxFactors bounds the factors of the chain rule of which parts are taken.
const maxFactors = 60

// newRight returns what belongs into the derivative with a name, at points other than the given one if the
// claim has names, and else at the given one alone.
func newRight(root *gradus.Value, name string, f gradcheck.Finding, hasNames bool) (*right, error) {
	c := chain.New(root)
	key, err := c.Read(name)
	if err != nil {
		return nil, err
	}
	r := &right{tolerance: 1e-6}
	if c, r.of, r.by, err = c.Higher(key); err != nil {
		return nil, err
	}
	if hasNames {
		r.points = c.Elsewhere()
	}
	if len(r.points) == 0 {
		r.points = []*chain.Chain{c}
	}
	if !hasNames {
		r.tolerance = 2e-3 // numbers of four digits, which were rounded
	}
	local := c.IsLocal(r.factor(c), key)
	r.whole = r.at(func(p *chain.Chain) float64 {
		d, _, _ := p.Derivative(r.factor(p), local)
		return d
	})
	if !local {
		r.addFactors(c, f)
	} else {
		r.addParts(slices.Index(c.Factors(), r.factor(c)))
	}
	return r, nil
}

func (r *right) factor(p *chain.Chain) chain.Factor {
	return chain.Factor{Of: p.Named[r.of], By: p.Named[r.by]}
}

// at returns a number for each point.
func (r *right) at(number func(p *chain.Chain) float64) (x vector) {
	for _, p := range r.points {
		x = append(x, number(p))
	}
	return x
}

// addFactors adds the factors on the way from one value to the other, their parts and their products.
func (r *right) addFactors(c *chain.Chain, f gradcheck.Finding) {
	between := c.Between(r.factor(c), nil)
	product := (&locator{right: r}).one()
	var paths []quantity
	places := map[int]bool{} // of the values between
	for k, g := range c.Factors() {
		if !between[g] {
			continue
		}
		local := r.at(func(p *chain.Chain) float64 { return p.Local[p.Factors()[k]] })
		product = product.times(local)
		rank, through := elsewhere, ofPath
		switch {
		case f.Slips != nil && f.FirstWrong() == g.String():
			rank, through = inSlip, slipPath
		case slices.Contains(f.Between, g.String()):
			rank = inBetween
		}
		r.path = append(r.path, quantity{local, g.String(), g.String(), rank, false})
		if len(r.path) <= maxFactors {
			paths = append(paths, quantity{r.at(func(p *chain.Chain) float64 {
				g := p.Factors()[k]
				above, below := p.Whole(p.Named[r.of], nil, nil)[g.Of], p.Whole(g.By, nil, nil)[p.Named[r.by]]
				return above * p.Local[g] * below
			}), "the path " + c.Path(c.Named[r.of], g), g.String(), through, true})
			r.addParts(k)
			places[slices.Index(c.Named, g.Of)] = true
		}
	}
	r.quantities = slices.Concat(r.quantities, r.path, paths)
	if !(&locator{right: r}).equal(product, r.whole) {
		r.path = nil // there are several paths
	}
	for i := range places {
		r.addWholes(c, i)
	}
}

// addWholes adds the derivatives from and to a value on the way.
func (r *right) addWholes(c *chain.Chain, i int) {
	if i == r.of || i == r.by {
		return
	}
	for _, pair := range [][2]int{{r.of, i}, {i, r.by}} {
		name := derivative.Of(c.Named[pair[0]].Name(), c.Named[pair[1]].Name(), false).String()
		r.quantities = append(r.quantities, quantity{r.at(func(p *chain.Chain) float64 {
			return p.Whole(p.Named[pair[0]], nil, nil)[p.Named[pair[1]]]
		}), name, "", ofPath, true})
	}
}

// addParts adds what factor k is made of: the derivatives of each operation, those from and to each value
// without a name, and the products along each path.
func (r *right) addParts(k int) {
	const maxEdges = 100
	edges := r.points[0].Edges(r.points[0].Factors()[k])
	if len(edges) > maxEdges {
		return
	}
	parts := make([][3]vector, len(edges)) // of the operation, through it, and below it
	for _, p := range r.points {
		g := p.Factors()[k]
		edges := p.Edges(g)
		above, below := map[*gradus.Value]float64{g.Of: 1}, map[*gradus.Value]float64{g.By: 1}
		for _, e := range edges {
			above[e.Parent()] += above[e.Node] * p.Partial(e)
		}
		for _, e := range slices.Backward(edges) {
			below[e.Node] += p.Partial(e) * below[e.Parent()]
		}
		for i, e := range edges {
			for j, x := range []float64{
				p.Partial(e), above[e.Node] * p.Partial(e) * below[e.Parent()], below[e.Node],
			} {
				parts[i][j] = append(parts[i][j], x)
			}
		}
	}
	g := r.points[0].Factors()[k]
	for i, e := range edges {
		uses := 0 // of the operand, by this node
		for _, other := range edges {
			if other.Node == e.Node && other.Parent() == e.Parent() {
				uses++
			}
		}
		add := func(j int, name string, rank int, isTerm bool) {
			r.quantities = append(r.quantities, quantity{parts[i][j], name, g.String(), rank, isTerm})
		}
		switch node, isLast := expression(e.Node), e.Parent() == g.By; {
		case len(edges) == 1:
		case uses > 1 && isLast:
			add(1, "one use of "+g.By.Name()+" in "+node, ofPath, true)
		case isLast:
			add(1, "the part by way of "+node, ofPath, true)
			fallthrough
		case uses == 1:
			add(0, "∂"+node+"/∂"+expression(e.Parent()), inFactor, false)
		}
		if e.Node != g.Of {
			add(2, "∂"+expression(e.Node)+"/∂"+expression(g.By), inFactor, true)
		}
	}
}

// expression returns a value as readers know it.
func expression(v *gradus.Value) string {
	return chain.Expression(v, func(name string) string { return name }, 3)
}
