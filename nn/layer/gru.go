package layer

import (
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// A GRU is a gated recurrent unit, a cell whose state h is all that it keeps. Its gates are numbers from 0
// to 1: r decides how much of the state the candidate n for the next state sees, and u how much of the
// state stays.
//
//	r = σ(Wᵣ·(x, h) + bᵣ)    u = σ(Wᵤ·(x, h) + bᵤ)
//	n = tanh(Wₙ·x + bₙ + r·(Vₙ·h + cₙ))    h′ = (1 − u)·n + u·h
//
// It is what PyTorch's GRU computes, which calls u z, and has two biases in r and in u: b is their sum. Names
// of parameters are as in an [LSTM]: reset2.x3, update2.h1, candidate2.x3 and candidate2.b, recall2.h1 and
// recall2.b. [GRU.Params] lists the layers in the order of the fields, and each neuron by neuron.
//
// Source: K. Cho and others, Learning phrase representations using RNN encoder-decoder for statistical
// machine translation, EMNLP 2014, with r as in its version 3 on arXiv, 1406.1078v3.
type GRU struct {
	Cell
	Reset, Update *nn.Layer // Wᵣ and Wᵤ: each reads x and then h
	Candidate     *nn.Layer // Wₙ: reads x
	Recall        *nn.Layer // Vₙ: reads h
}

// NewGRU returns the GRU that d describes. Its initial numbers are drawn from rng.
//
// It panics if d.Inputs or d.Units is less than 1, or if rng is nil and an Init draws from it.
func NewGRU(rng *rand.Rand, d Cell) *GRU {
	d.check("NewGRU")
	return &GRU{
		Cell:      d,
		Reset:     d.gate(rng, "reset", d.Inputs, d.Units, nn.Sigmoid, 0),
		Update:    d.gate(rng, "update", d.Inputs, d.Units, nn.Sigmoid, 0),
		Candidate: d.gate(rng, "candidate", d.Inputs, 0, nn.Identity, 0),
		Recall:    d.gate(rng, "recall", 0, d.Units, nn.Identity, 0),
	}
}

func (g *GRU) check(who string) {
	mustBe(g != nil, "%s: the GRU is nil, want one made by NewGRU", who)
	g.Cell.check(who)
	mustFit(who, "Reset", g.Reset, g.Inputs+g.Units, g.Units)
	mustFit(who, "Update", g.Update, g.Inputs+g.Units, g.Units)
	mustFit(who, "Candidate", g.Candidate, g.Inputs, g.Units)
	mustFit(who, "Recall", g.Recall, g.Units, g.Units)
}

// Step reads a vector x and returns the state that follows h.
//
// It panics if there are not Inputs Values in x or not Units in h, or if g was not made by [NewGRU].
func (g *GRU) Step(x, h []*gradus.Value) (next []*gradus.Value) {
	g.check("GRU.Step")
	mustBeInputs("GRU.Step", x, g.Inputs)
	mustBeInputs("GRU.Step: the state", h, g.Units)
	return g.step(x, h)
}

func (g *GRU) step(x, h []*gradus.Value) (next []*gradus.Value) {
	read := slices.Concat(x, h)
	reset, update := g.Reset.Forward(read...), g.Update.Forward(read...)
	candidate, recall := g.Candidate.Forward(x...), g.Recall.Forward(h...)
	next = make([]*gradus.Value, g.Units)
	for i := range next {
		// With Sub of −r·m in place of Add of r·m, replay keeps the sums above as products with matrices.
		n := candidate[i].Sub(recall[i].Mul(reset[i].Neg())).Tanh()
		next[i] = n.Add(update[i].Mul(h[i].Sub(n))) // = (1 − u)·n + u·h
	}
	return next
}

// Forward reads vectors one after the other, from a state of zeros on. It returns the state after the last of
// them, or, if Every is set, after each of them.
//
// It panics if x is not one or more vectors of Inputs Values, or if g was not made by [NewGRU].
func (g *GRU) Forward(x ...*gradus.Value) []*gradus.Value {
	g.check("GRU.Forward")
	mustBeVectors("GRU.Forward", x, g.Inputs)
	return g.run(x, zeros(g.Units), g.step)
}

// Params returns the parameters of the four layers.
//
// It panics if g was not made by [NewGRU].
func (g *GRU) Params() []*gradus.Value {
	g.check("GRU.Params")
	return paramsOf(g.Reset, g.Update, g.Candidate, g.Recall)
}
