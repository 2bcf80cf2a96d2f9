package bench

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/bench/internal/network"
)

// A Curve says how the time of one variant grows with the size of a network.
type Curve struct {
	Along   string    // what grows: one of [Growths]
	Variant string    // "plain Go" or "replay", or "replay, 2 goroutines"
	X       []float64 // the sizes: neurons in a layer, layers, or samples
	NS      []float64 // nanoseconds per multiply-add, forward and backward, at each size
}

// Growths returns what may grow in [Session.Growth].
func Growths() []string { return []string{"width", "depth", "batch"} }

// Growth times plain Go and replay for networks of growing size n. All layers have σ, and the
// loss is Σ(y − t)². The networks are, along
//
//	width   2-n-n-2, for n from 8 to 2048
//	depth   n layers of 16 neurons each, for n from 1 to 256
//	batch   784-30-10 for n samples at once, for n from 1 to 512; replay on 1 goroutine and on 2
//
// Along batch, plain Go computes one sample after the other and does not add their gradients up.
// As in [Session.Measure], the results of the variants are compared first.
//
// It returns an error if along is not one of [Growths], or if two variants compute different
// results. It panics if s was not made by [Start].
func (s *Session) Growth(along string) ([]Curve, error) {
	s.mustBeStarted("Growth")
	return s.growth(along, 1<<30)
}

// growth is Growth for sizes up to most.
func (s *Session) growth(along string, most int) ([]Curve, error) {
	var first, last, workers int
	switch along {
	case "width":
		first, last, workers = 8, 2048, 1
	case "depth":
		first, last, workers = 1, 256, 1
	case "batch":
		first, last, workers = 1, 512, 2
	default:
		return nil, fmt.Errorf("bench: there is no growth along %q, want one of %s",
			along, strings.Join(Growths(), ", "))
	}
	var curves []Curve
	for n := first; n <= min(last, most); n *= 2 {
		timings, err := s.grown(along, n, workers)
		if err != nil {
			return nil, err
		}
		for i, t := range timings {
			if n == first {
				curves = append(curves, Curve{Along: along, Variant: t.Variant})
			}
			curves[i].X = append(curves[i].X, float64(n))
			curves[i].NS = append(curves[i].NS, t.PerNode)
		}
	}
	return curves, nil
}

// grown returns the timings of size n. Their PerNode is the time per multiply-add.
func (s *Session) grown(along string, n, workers int) ([]Timing, error) {
	net := network.Uniform(network.Sigmoid, 784, 30, 10)
	switch along {
	case "width":
		net = network.Uniform(network.Sigmoid, 2, n, n, 2)
	case "depth":
		widths := make([]int, n+1)
		for i := range widths {
			widths[i] = 16
		}
		net = network.Uniform(network.Sigmoid, widths...)
	case "batch":
		net.Batch = n
	}
	r := networkRow(fmt.Sprint(along, " ", n), net, func(n *network.Network) []variant {
		return []variant{layers(yardstick, n, network.Plain)}
	})
	variants := r.byHand()
	for k := range workers {
		v, err := r.scalar().replay(k + 1)
		if err != nil {
			return nil, err
		}
		if k > 0 {
			v.name = fmt.Sprintf("replay, %d goroutines", k+1)
		}
		variants = append(variants, v)
	}
	if err := r.check(variants); err != nil {
		return nil, err
	}
	return s.time(r.name, variants, r.net.MultiplyAdds())
}
