package replay_test

import (
	"math"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// A sample is a random graph of one output, and the leaves that it may be recorded with.
type sample struct {
	inputs, params, constants []*gradus.Value
	out                       *gradus.Value
}

// leaves returns n leaves with random numbers.
func leaves(rng *rand.Rand, n int) []*gradus.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Round(rng.NormFloat64()*1e4) / 1e4
	}
	return gradus.Values(x)
}

// tame returns a node in place of z if z is too large, so that graphs stay finite.
func tame(z, x *gradus.Value) *gradus.Value {
	if math.Abs(z.Data) < 100 {
		return z
	}
	return x.Tanh()
}

// newSample builds a random graph of about size operations: layers of neurons, sums of
// products of any two nodes, and single functions, wild or tame.
func newSample(seed uint64, size int, wild bool) *sample {
	rng := rand.New(rand.NewPCG(seed, 1))
	s := &sample{leaves(rng, 1+rng.IntN(4)), leaves(rng, 2+rng.IntN(30)), leaves(rng, 1+rng.IntN(3)), nil}
	pool := append(append(append([]*gradus.Value{}, s.inputs...), s.constants...), s.params...)
	some := func(n int) []*gradus.Value {
		if rng.IntN(2) == 0 && n <= len(pool) { // side by side
			at := rng.IntN(len(pool) - n + 1)
			return append([]*gradus.Value{}, pool[at:at+n]...)
		}
		x := make([]*gradus.Value, n)
		for i := range x {
			x[i] = pool[rng.IntN(len(pool))]
		}
		return x
	}
	ops := gradus.Ops()
	for range size {
		var z *gradus.Value
		switch rng.IntN(3) {
		case 0: // a layer
			write := graphs.Writers[graphs.WriterNames[rng.IntN(len(graphs.Writers))]]
			x := some(1 + rng.IntN(5))
			act := ops[rng.IntN(len(ops))]
			for act.Arity() != 1 {
				act = ops[rng.IntN(len(ops))]
			}
			for range 1 + rng.IntN(4) {
				y := write(some(len(x)), x, some(1)[0])
				z = y
				if rng.IntN(4) > 0 {
					z = act.Apply(y)
				}
				if !wild {
					z = tame(z, y)
				}
				pool = append(pool, z)
			}
			continue
		case 1: // a sum of products
			x := some(1 + rng.IntN(6))
			z = graphs.Writers[graphs.WriterNames[rng.IntN(len(graphs.Writers))]](some(len(x)), x, some(1)[0])
			if !wild {
				z = tame(z, x[0])
			}
		default:
			op := ops[rng.IntN(len(ops))]
			n := op.Arity()
			switch {
			case op.Name() == "dot" || op.Name() == "softmaxcrossentropy":
				n = 2 * rng.IntN(3)
			case op.Name() == "sum":
				n = rng.IntN(4)
			case n < 0:
				n = 1 + rng.IntN(4)
			}
			x := some(n)
			if z = op.Apply(x...); !wild {
				z = tame(z, pool[0])
			}
		}
		pool = append(pool, z)
	}
	s.out = pool[len(pool)-1]
	for range 3 {
		s.out = s.out.Add(pool[rng.IntN(len(pool))].Mul(pool[rng.IntN(len(pool))]))
	}
	return s
}
