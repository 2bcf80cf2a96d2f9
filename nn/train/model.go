package train

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// checkModel returns an error if the model's own Check does, if a parameter cannot be trained, or if a
// mask is not whole.
func checkModel(net nn.Model) error {
	if err := params.CheckOf(net); err != nil {
		return err
	}
	leaves := leaves(net)
	if len(masksOf(net)) == 0 { // for a large network the map below takes a millisecond
		return params.Check(leaves)
	}
	known := make(map[*gradus.Value]place, len(leaves))
	for i, v := range leaves {
		if err := note(known, v, place{0, i + 1}); err != nil {
			return err
		}
	}
	if err := params.Check(leaves); err != nil {
		return err
	}
	return checkMasks(net, known)
}

// leaves returns the parameters of a model, each once.
func leaves(net nn.Model) []*gradus.Value {
	if m, ok := net.(*nn.MLP); ok {
		return m.Params() // which are
	}
	return params.Once(slices.Clone(net.Params()))
}

// A place is that of a Value in a model, counted from 1. In mask 0 are the parameters.
type place struct{ mask, value int }

func (p place) String() string {
	if p.mask == 0 {
		return fmt.Sprintf("parameter %d", p.value)
	}
	return fmt.Sprintf("value %d of mask %d", p.value, p.mask)
}

// note notes where a Value is. It returns an error if it is nil, or in another place already.
func note(known map[*gradus.Value]place, v *gradus.Value, p place) error {
	if v == nil {
		return fmt.Errorf("%s of the network is nil, want a Value", p)
	}
	if other, again := known[v]; again {
		return fmt.Errorf("%s of the network is the same Value as %s, want each once", p, other)
	}
	known[v] = p
	return nil
}

func checkMasks(net nn.Model, known map[*gradus.Value]place) error {
	for k, m := range masksOf(net) {
		if m == nil || m.Draw == nil {
			return fmt.Errorf("mask %d of the network is nil or has no function Draw, want one of nn.NewMask", k+1)
		}
		for i, v := range m.Values {
			p := place{k + 1, i + 1}
			if err := note(known, v, p); err != nil {
				return err
			}
			if v.IsConst() || v.Op() != nil || v.Data != m.Off {
				return fmt.Errorf("%s of the network is %v, want a leaf that holds Off, %v", p, v, m.Off)
			}
		}
	}
	return nil
}

func masksOf(net nn.Model) []*nn.Mask {
	if m, ok := net.(nn.Masked); ok {
		return m.Masks()
	}
	return nil
}

// masks draws the numbers of a model's masks. Those of a sample depend on the seed, the epoch and the row
// alone: they are the same with and without a recording, and after an interruption.
type masks struct {
	list []*nn.Mask
	seed uint64
	pcg  rand.PCG
	rng  *rand.Rand
}

func newMasks(net nn.Model, seed uint64) *masks {
	m := &masks{list: masksOf(net), seed: seed}
	m.rng = rand.New(&m.pcg)
	return m
}

// values returns the leaves of all masks.
func (m *masks) values() (all []*gradus.Value) {
	for _, mask := range m.list {
		all = append(all, mask.Values...)
	}
	return all
}

// A sample is a row of the data in an epoch, counted from 1. In epoch 0, masks are off.
type sample struct{ epoch, row int }

// draw appends the numbers of a sample, in the order of values.
func (m *masks) draw(numbers []float64, s sample) []float64 {
	if len(m.list) == 0 {
		return numbers
	}
	m.pcg.Seed(m.seed, uint64(s.epoch)<<32^uint64(s.row))
	for _, mask := range m.list {
		for range mask.Values {
			x := mask.Off
			if s.epoch > 0 {
				x = mask.Draw(m.rng)
			}
			numbers = append(numbers, x)
		}
	}
	return numbers
}

// set sets the Data of the leaves to the numbers of a sample.
func (m *masks) set(s sample) {
	if len(m.list) == 0 {
		return
	}
	numbers := m.draw(nil, s)
	for i, v := range m.values() {
		v.Data = numbers[i]
	}
}

func (m *masks) off() { m.set(sample{}) }

// A graph is that of a sample, with the leaves that it begins with.
type graph struct {
	x, t   []*gradus.Value
	weight *gradus.Value // nil if samples have none
	loss   *gradus.Value // nil if the Loss returned nil
}

// inputs returns the leaves whose numbers [builder.numbers] returns.
func (b builder) inputs(g graph) []*gradus.Value {
	inputs := slices.Concat(g.x, g.t)
	if b.weighted {
		inputs = append(inputs, g.weight)
	}
	return append(inputs, b.masks.values()...)
}

// A builder builds the graph of a sample.
type builder struct {
	net      nn.Model
	loss     nn.Loss
	weighted bool // whether samples have weights
	masks    *masks
	leaves   func(numbers []float64) []*gradus.Value
}

func (c Config) builder() builder {
	return builder{
		c.Net, c.Loss, c.Data.Weights != nil || c.Validation.Weights != nil, newMasks(c.Net, c.Seed),
		gradus.Values[float64],
	}
}

// build builds the graph of a row of the data. Masks are as they are set. Forward and the loss get slices of
// their own, since a layer may put what it computes in the place of its inputs.
func (b builder) build(d Data, row int) graph {
	g := graph{x: b.leaves(d.X[row]), t: b.leaves(d.T[row])}
	g.loss = b.loss(b.net.Forward(slices.Clone(g.x)...), slices.Clone(g.t))
	if b.weighted {
		g.weight = b.leaves([]float64{d.weight(row)})[0]
		if g.loss != nil {
			g.loss = g.weight.Mul(g.loss)
		}
	}
	return g
}

// numbers appends the numbers of the inputs of the graph of a sample.
func (b builder) numbers(numbers []float64, d Data, s sample) []float64 {
	numbers = append(append(numbers, d.X[s.row]...), d.T[s.row]...)
	if b.weighted {
		numbers = append(numbers, d.weight(s.row))
	}
	return b.masks.draw(numbers, s)
}

var errNoLoss = errors.New("the Loss returned nil for the row X[0], want a Value")
