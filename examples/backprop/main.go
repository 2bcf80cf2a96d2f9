// Backprop replicates the tutorial "Backpropagation Tutorial with a Simple Neural Network": one
// forward pass, one backward pass and one update of a network with one neuron in its hidden layer
// and one output,
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
//	-show ""        file for the graph of the loss L after the backward pass; the ending of its
//	                name decides how: .dot, .mmd and .svg are pictures of the graph, .html is a
//	                page that steps through Backward, .tex and .txt are the derivation
//
// The program prints the results of the three parts, in the tutorial's order and with its names, and
// after each the formulas that stand there in the text. Those of the chain rule are the ones that the
// graph has, with its numbers. Then the program prints two tables. The first compares autodiff with the
// numbers that the tutorial prints, once from NumPy and once from PyTorch, the second with a derivation
// by hand in plain float64 arithmetic. Then it says where the tutorial's text and code disagree, and
// prints the loss over -steps updates.
// With the tutorial's numbers it first falls below 1e-12 at update 917. The last line says how many
// of the tutorial's numbers are reproduced.
//
// If -eta sets another learning rate than the tutorial's, the updated parameters are not compared with
// the tutorial. If another flag sets another number, there is nothing in the tutorial to compare with,
// and the only table is that of the derivation by hand and autodiff.
//
// The exit status is 1 if autodiff does not reproduce a digit that the tutorial prints or if the
// loss is no longer finite, and 2 if a flag is wrong. ("go run" prints the status of the program
// and exits with status 1 in both cases.)
package main

import (
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/show"
)

func main() {
	os.Exit(command(os.Args[1:], os.Stdout, os.Stderr))
}

// command runs the program with these arguments and returns the exit status.
func command(args []string, stdout, stderr io.Writer) int {
	const about = `Backprop replicates "Backpropagation Tutorial with a Simple Neural Network" and
compares each number that the tutorial prints with autodiff, and autodiff with a
derivation by hand.`
	cfg := config{setup: tutorialSetup, steps: 1}
	return program.Run(cfg.flags(), about, args, stdout, stderr,
		func(w io.Writer) error { return run(w, cfg) })
}

// run does what the tutorial does, in the same order, and compares the results.
func run(w io.Writer, cfg config) error {
	if err := program.Writable(cfg.show); err != nil {
		return err
	}
	fmt.Fprintf(w, "%s\n\n", wrap.Prose("", "", fmt.Sprintf("A 1-1-1 network with %v", cfg.setup)))

	net := newNetwork(cfg.setup)
	net.forward()
	forward := numbers(net.z, net.a, net.y, net.L)
	section(w, "Forward Pass", forward, forwardFormulas)

	net.backward()
	backward := gradients(net.y, net.W2, net.b2, net.a, net.W1, net.b1)
	chainRule, err := show.Derive(net.L, net.W2, net.b2, net.W1, net.b1)
	if err != nil {
		return err
	}
	section(w, "Backward Pass", backward, chainRule.String())
	if err := outputs.SaveGraph(report.New(w), cfg.show, net.L); err != nil { // before update changes it
		return err
	}
	if cfg.show != "" {
		fmt.Fprintln(w)
	}

	net.update(cfg.eta)
	updated := numbers(net.W2, net.b2, net.W1, net.b1)
	section(w, "Updated Parameters", updated, updateFormulas)

	autodiff := slices.Concat(forward, backward, updated)
	result := compare(w, cfg.tutorial(), derive(cfg.setup), autodiff)
	if err := train(w, cfg.setup, cfg.steps); err != nil {
		return err
	}
	fmt.Fprintln(w, result)
	return result.err()
}
