package main

import (
	"fmt"
	"io"

	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/finite"
)

// goal is a loss at which the network counts as trained.
const goal = 1e-12

// train begins with the numbers of the setup, repeats the tutorial's step, and prints the loss after
// selected steps.
func train(w io.Writer, s setup, steps int) error {
	fmt.Fprintf(w, "Training with eta = %v:\n   step  L\n", s.eta)
	net := newNetwork(s)
	start, reached := 0.0, -1
	for step := 0; ; step++ {
		net.forward()
		L := net.L.Data
		if !finite.All(L) {
			return fmt.Errorf("the loss L is %v at step %d of %d, want a finite number: "+
				"-eta %v or the numbers to start from are too large", L, step, steps, s.eta)
		}
		if step == 0 {
			start = L
		}
		if step == steps || logged(step) {
			fmt.Fprintf(w, "%7d  %.6g\n", step, L)
		}
		if reached < 0 && L < goal {
			reached = step
		}
		if step == steps {
			report.New(w).Trained(start, L, "eta", s.eta)
			break
		}
		net.backward()
		net.update(s.eta)
	}
	if reached >= 0 {
		fmt.Fprintf(w, "After step %[2]d, L < %[1]v for the first time.\n", goal, reached)
	}
	fmt.Fprintln(w)
	return nil
}

// logged reports whether the loss after a step is printed: after 0, 1, 2, 5, 10, 20, 50 and so on,
// as it falls more and more slowly.
func logged(step int) bool {
	for step > 0 && step%10 == 0 {
		step /= 10
	}
	return step <= 2 || step == 5
}
