package layer

import (
	"cmp"
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// An Attention lets the positions of a sequence look at one another. Each position has a vector x, of which
// three layers make a query, a key and a value. A position takes a mean of the values of those before it and
// of its own. The better a key fits its query, the more its value weighs:
//
//	qₚ = Query(xₚ)    kₚ = Key(xₚ)    vₚ = Value(xₚ)
//	zₚ = Project(Σ aₚₜ·vₜ),  aₚ = softmax(qₚ·k₁/√d, qₚ·k₂/√d, …, qₚ·kₚ/√d)
//
// With several heads, each has its own part of d = Width/Heads numbers of the query, of each key and of each
// value, and weights of its own; Project mixes their means. It is what PyTorch's MultiheadAttention computes
// with the mask of Transformer.generate_square_subsequent_mask.
//
// The weights are named query1.w1, key1.w1, value1.w1, project1.w1 and so on, the biases query1.b and so on.
// [Attention.Params] lists the layers in the order of the fields, and each neuron by neuron.
//
// Source: A. Vaswani and others, Attention is all you need, NeurIPS 2017.
type Attention struct {
	Width  int     // how many numbers a position has
	Heads  int     // how many heads there are; 1 if it is 0
	Full   bool    // whether a position also looks at those behind it, as in the encoder of a transformer
	NoBias bool    // whether the four layers have no biases
	Init   nn.Init // draws the weights; Xavier if it is nil

	Query, Key, Value, Project *nn.Layer // each takes and returns Width numbers
}

// NewAttention returns the Attention that d describes. Its initial numbers are drawn from rng; biases are 0.
//
// It panics if d.Width is less than 1 or no multiple of d.Heads, if d.Heads is negative, or if rng is nil and
// the Init draws from it.
func NewAttention(rng *rand.Rand, d Attention) *Attention {
	d.Heads = cmp.Or(d.Heads, 1)
	d.checkSizes("NewAttention")
	for _, l := range []struct {
		name  string
		layer **nn.Layer
	}{{"query", &d.Query}, {"key", &d.Key}, {"value", &d.Value}, {"project", &d.Project}} {
		if *l.layer == nil {
			*l.layer = nn.NewLayer(rng, d.Width, nn.Dense{Units: d.Width, Init: d.Init, NoBias: d.NoBias})
			nameNeurons(*l.layer, l.name, -1)
		}
	}
	d.check("NewAttention")
	return &d
}

func (a *Attention) checkSizes(who string) {
	const most = 1 << 15
	mustBe(0 < a.Width && a.Width <= most && a.Heads > 0 && a.Width%a.Heads == 0,
		"%s: got Width %d and %d Heads, want a Width from 1 to %d, and 1 or more Heads that divide it",
		who, a.Width, a.Heads, most)
}

func (a *Attention) check(who string) {
	mustBe(a != nil, "%s: the Attention is nil, want one made by NewAttention", who)
	a.checkSizes(who)
	mustFit(who, "Query", a.Query, a.Width, a.Width)
	mustFit(who, "Key", a.Key, a.Width, a.Width)
	mustFit(who, "Value", a.Value, a.Width, a.Width)
	mustFit(who, "Project", a.Project, a.Width, a.Width)
}

// A Past holds the keys and the values of the positions so far. The zero Past is that of the first position.
type Past struct{ Keys, Values [][]*gradus.Value }

// Step takes the vector of the next position, adds its key and its value to the past, and returns what
// Forward returns for this position, unless Full is set. So a text is continued without computing all of it
// again for each letter.
//
// It panics if x is not Width Values, if past is nil or of another Width, or if a was not made by
// [NewAttention].
func (a *Attention) Step(x []*gradus.Value, past *Past) []*gradus.Value {
	a.check("Attention.Step")
	mustBeInputs("Attention.Step", x, a.Width)
	mustBe(past != nil && len(past.Keys) == len(past.Values),
		"Attention.Step: the Past is nil or has not a value for each key, want a new one or one of Step")
	for t := range past.Keys {
		mustBeInputs("Attention.Step: a key of the Past", past.Keys[t], a.Width)
		mustBeInputs("Attention.Step: a value of the Past", past.Values[t], a.Width)
	}
	query := a.read(x, past)
	return a.Project.Forward(a.means(query, past.Keys, past.Values)...)
}

// read adds a position to the past and returns its query.
func (a *Attention) read(x []*gradus.Value, past *Past) (query []*gradus.Value) {
	past.Keys = append(past.Keys, a.Key.Forward(x...))
	past.Values = append(past.Values, a.Value.Forward(x...))
	return a.Query.Forward(x...)
}

// Forward takes the vectors of the positions one after the other, and returns as many.
//
// It panics if x is not one or more vectors of Width Values, or if a was not made by [NewAttention].
func (a *Attention) Forward(x ...*gradus.Value) (z []*gradus.Value) {
	a.check("Attention.Forward")
	mustBeVectors("Attention.Forward", x, a.Width)
	var queries [][]*gradus.Value
	var all Past
	for ; len(x) > 0; x = x[a.Width:] {
		queries = append(queries, a.read(x[:a.Width], &all))
	}
	for p, query := range queries {
		seen := p + 1
		if a.Full {
			seen = len(queries)
		}
		z = append(z, a.Project.Forward(a.means(query, all.Keys[:seen], all.Values[:seen])...)...)
	}
	return z
}

// means returns, head by head, the mean of the values that a query makes.
func (a *Attention) means(query []*gradus.Value, keys, values [][]*gradus.Value) (means []*gradus.Value) {
	size := a.Width / a.Heads
	for start := 0; start < a.Width; start += size {
		fits := make([]*gradus.Value, len(keys))
		for t, key := range keys {
			fits[t] = gradus.Dot(query[start:][:size], key[start:][:size]).Div(math.Sqrt(float64(size)))
		}
		weights := gradus.Softmax(fits...)
		for j := start; j < start+size; j++ {
			column := make([]*gradus.Value, len(values))
			for t, value := range values {
				column[t] = value[j]
			}
			means = append(means, gradus.Dot(weights, column))
		}
	}
	return means
}

// Params returns the parameters of the four layers.
//
// It panics if a was not made by [NewAttention].
func (a *Attention) Params() []*gradus.Value {
	a.check("Attention.Params")
	return paramsOf(a.Query, a.Key, a.Value, a.Project)
}
