package main

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/gradus-go/gradus/bench/internal/python"
	"github.com/gradus-go/gradus/nn/train"
)

// A way to train is a size of the batches and a learning rate that suits it: the mean of more
// gradients allows a larger step.
type way struct {
	batch int
	rate  float64
}

var ways = []way{{1, 0.01}, {32, 0.1}}

// A session has what all variants have in common, and the processes of those in Python.
type session struct {
	images    images
	data      train.Data
	params    []float64 // with which training begins, in the order of package nn
	order     []int     // the order in which an epoch takes the images
	processes []process // with 1 thread and with 2; none without NumPy
	about     string    // which versions of NumPy and PyTorch are used, and what is missing
}

// A process runs variants in Python on a number of threads.
type process struct {
	*python.Process
	threads  int
	variants []string
}

// newSession returns a session with n images and the weights. It lacks the order and Python.
func newSession(n int) *session {
	s := &session{images: newImages(n)}
	s.data = s.images.data()
	s.params = numbers(newNet())
	return s
}

// start returns a session with n images. It trains an epoch with nn/train to learn in which order
// that takes the images, and then starts Python, if it is installed. The session is not nil even
// if there is an error, and must be closed.
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

// startPython starts a process with that many threads, and sends it images and weights.
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
	if threads > 1 && p.BLASThreads != threads { // NumPy has the serial OpenBLAS, or none
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

// An outcome is how long an epoch took, and what it computed.
type outcome struct {
	time time.Duration
	loss float64 // the mean over all images, each before the update of its batch
	norm float64 // √Σp² of the parameters at the end of the epoch
}

// A variant is one way to train the network. Every call of run trains for one epoch, from the start.
type variant struct {
	name string
	run  func() (outcome, error)
}

// variants returns all variants, the yardstick first.
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

// train lets Python train for an epoch with the variant of that name.
func (p process) train(name string, w way) (outcome, error) {
	var answer struct{ NS, Loss, Norm float64 }
	err := p.Ask(map[string]any{"train": name, "batch": w.batch, "rate": w.rate}, &answer)
	return outcome{time.Duration(answer.NS), answer.Loss, answer.Norm}, err
}

// count returns "1 worker", "2 workers" and so on.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprint(n, " ", what, "s")
}
