// Backprop replicates tutorial A, "Backpropagation Tutorial with a Simple Neural Network":
// one forward pass, one backward pass and one update of a network with one neuron in its
// hidden layer and one in its output,
//
//	z = W1·x + b1    a = σ(z)    y = W2·a + b2    L = ½(y − t)²
//
// Usage:
//
//	go run ./examples/backprop [flags]
//
// The flags, all with the tutorial's numbers as defaults, are:
//
//	-x 1 -t 0       input and target
//	-W1 0.5 -b1 0   weight and bias of the hidden neuron
//	-W2 -1 -b2 0    weight and bias of the output
//	-eta 0.01       learning rate
//	-steps 1        updates in the training log, 1 to 1000000
//	-show ""        file to show the graph in after the backward pass: its ending decides how,
//	                .dot .mmd .svg a picture, .html a page that steps through Backward,
//	                .tex .txt the derivation
//
// It prints the three parts in the tutorial's names and order. Then comes a table that sets
// against each other what the tutorial prints, from NumPy and from PyTorch, a derivation by
// hand in plain float64 arithmetic, and autodiff; then where the tutorial's text and code
// disagree; then the loss over -steps updates, which is below 1e-12 from -steps 917 on. The
// last line says how many of the tutorial's numbers were reproduced.
//
// With other numbers than the tutorial's there is nothing of it to compare with, and the
// table has the hand derivation and autodiff alone.
//
// The exit status is 1 if autodiff falls short of a digit that the tutorial prints or if the
// loss stops being finite, and 2 if a flag is wrong. (That is the program's; go run prints it
// and itself exits with 1.)
package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/gradus-go/gradus/internal/program"
)

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// command is the program without its process. It returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	const about = "Backprop takes the step of tutorial A and compares its numbers."
	cfg := config{setup: tutorialSetup, steps: 1}
	return program.Run(cfg.flags(), about, args, stdout, stderr,
		func(w io.Writer) error { return run(w, cfg) })
}

// run does what the tutorial does, in its order, and compares.
func run(w io.Writer, cfg config) error {
	fmt.Fprintf(w, "A 1-1-1 network with %v\n\n", cfg.setup)

	net := newNetwork(cfg.setup)
	net.forward()
	forward := numbers(net.z, net.a, net.y, net.L)
	section(w, "Forward Pass", forward)

	net.backward()
	backward := gradients(net.y, net.W2, net.b2, net.a, net.W1, net.b1)
	section(w, "Backward Pass", backward)
	if err := program.Show(cfg.show, net.L); err != nil { // before update makes its numbers stale
		return err
	}

	net.update(cfg.eta)
	updated := numbers(net.W2, net.b2, net.W1, net.b1)
	section(w, "Updated Parameters", updated)

	autodiff := slices.Concat(forward, backward, updated)
	result := compare(w, cfg.tutorial(), derive(cfg.setup), autodiff)
	if err := train(w, cfg.setup, cfg.steps); err != nil {
		return err
	}
	fmt.Fprintln(w, result)
	return result.err()
}
