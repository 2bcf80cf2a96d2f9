package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gradus-go/gradus/bench/internal/python"
	"github.com/gradus-go/gradus/nn/train"
)

// A way of training: the mean of more gradients may be trusted for a larger step.
type way struct {
	batch int
	rate  float64
}

var ways = []way{{1, 0.01}, {32, 0.1}}

// A session has what all variants begin with.
type session struct {
	images    images
	data      train.Data
	params    []float64 // in the order of package nn
	order     []int     // in which an epoch takes the samples
	processes []process
	about     string // what of Python takes part, and what is missing
}

// A process has variants of its own, on so many threads.
type process struct {
	*python.Process
	threads  int
	variants []string
}

// newSession makes n images.
func newSession(n int) *session {
	s := &session{images: newImages(n)}
	s.data = s.images.data()
	s.params = numbers(newNet())
	return s
}

// start makes n images and hands them over to Python, if it is there.
func start(n int) (*session, error) {
	s := newSession(n)
	_, err := s.gradus(ways[1], 1, func(state train.State) {
		s.order = append(s.order, state.Samples...)
	})
	for threads := 1; threads <= 2 && err == nil; threads++ {
		err = s.startPython(threads)
	}
	return s, err
}

func (s *session) startPython(threads int) error {
	p, about := python.Start(python.Epoch, threads)
	s.about = about
	if p == nil {
		return nil
	}
	var loaded struct{ Variants []string }
	err := p.Ask(map[string]any{"load": map[string]any{
		"images": s.images.pixels, "labels": s.images.labels, "order": s.order,
		"widths": []int{inputs, hidden, classes}, "p": python.Encode(s.params),
	}}, &loaded)
	if threads > 1 && p.BLASThreads != threads { // the serial OpenBLAS, or none
		loaded.Variants = slices.DeleteFunc(loaded.Variants, func(v string) bool { return v == "NumPy" })
		s.about += "; NumPy on 2 threads is missing: apt-get install libopenblas0-pthread"
	}
	s.processes = append(s.processes, process{p, threads, loaded.Variants})
	return err
}

// close ends the processes.
func (s *session) close() (err error) {
	for _, p := range s.processes {
		err = errors.Join(err, p.Close())
	}
	return err
}

// An outcome is what an epoch took, and what it came to.
type outcome struct {
	time time.Duration
	loss float64 // the mean of all images, each before its update
	norm float64 // √Σp² of the parameters at the end
}

// A variant trains the network for an epoch, from the same start every time.
type variant struct {
	name string
	run  func() (outcome, error)
}

// variants returns all of them, the yardstick first.
func (s *session) variants(w way) []variant {
	v := []variant{{"plain Go", func() (outcome, error) { return s.plain(w), nil }}}
	for workers := 1; workers <= 2; workers++ {
		v = append(v, variant{"gradus, " + count(workers, "worker"), func() (outcome, error) {
			return s.gradus(w, workers, nil)
		}})
	}
	for _, name := range []string{"NumPy", "PyTorch"} {
		for _, p := range s.processes {
			if slices.Contains(p.variants, name) {
				v = append(v, variant{name + ", " + count(p.threads, "thread"), func() (outcome, error) {
					return p.train(name, w)
				}})
			}
		}
	}
	return v
}

func (p process) train(name string, w way) (outcome, error) {
	var answer struct{ NS, Loss, Norm float64 }
	err := p.Ask(map[string]any{"train": name, "batch": w.batch, "rate": w.rate}, &answer)
	return outcome{time.Duration(answer.NS), answer.Loss, answer.Norm}, err
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprint(n, " ", what, "s")
}
