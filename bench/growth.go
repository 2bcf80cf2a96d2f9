package bench

import (
	"fmt"

	"github.com/gradus-go/gradus/bench/internal/network"
)

// A Curve says how the cost of one variant grows.
type Curve struct {
	Along, Variant string
	X              []float64 // width, depth or samples
	NS             []float64 // by multiply-add, forward and backward
}

// Growths returns what [Session.Growth] knows.
func Growths() []string { return []string{"width", "depth", "batch"} }

// Growth times plain Go and replay for networks of σ as they get larger, after a check as in
// [Session.Measure]. They are, along
//
//	width   2-n-n-2, n from 8 to 2048
//	depth   n layers of 16 neurons each, n from 1 to 256
//	batch   784-30-10 for n samples, n from 1 to 512, replay on 1 and 2 goroutines; plain Go
//	        takes one sample after the other, and leaves the sum of the gradients out
//
// It returns an error if along is none of these, or if two variants disagree.
func (s *Session) Growth(along string) ([]Curve, error) { return s.growth(along, 1<<30) }

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
		return nil, fmt.Errorf("there is no growth along %q, want one of %q", along, Growths())
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

// grown returns the timings of one size, by multiply-add.
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
