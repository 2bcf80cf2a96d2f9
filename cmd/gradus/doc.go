// Gradus reads formulas, differentiates them, and shows its work. Nobody has to write a program for that:
//
//	gradus derive 'y = tanh(w·x + b)' w=0.5 x=1 b=0
//
// Usage:
//
//	go run ./cmd/gradus COMMAND [FLAGS] ARGUMENTS
//
// or "go install ./cmd/gradus", and then gradus COMMAND. The commands are:
//
//	derive      write out the chain rule, with the numbers, as text, in LaTeX or in MathML
//	trace       list the steps of the backward pass
//	eval        list the values, and the gradients, as a table or in JSON
//	check       find the mistake in derivatives by hand
//	graph       draw the graph, in the terminal or into a file
//	hessian     print the second derivatives, and their eigenvalues
//	sweep       compare numeric derivatives, by their step, with the exact one
//	fit         change the parameters until the result is small, for the rows of a CSV file
//	go          write the output and its gradient out as Go
//	torch       write the formulas for PyTorch, with a script that trains the parameters
//	play        open the playground, a page in the browser with the whole engine
//	learn       take a course of exercises that say what is wrong with an answer
//	version     print the version
//	completion  print a script that completes commands and flags in bash, zsh or fish
//
// "gradus COMMAND -h" explains one, with an example.
//
// An argument with a = is formulas, in the language of package [github.com/gradus-go/gradus/formula]. Any
// other is the name of a file with formulas, and - is standard input. A text that defines numbers alone,
// such as w=0.5, gives names their numbers: in place of those that the other texts give them, if they do.
//
// Commands derive the last result of the formulas, or the value of the flag -of, with respect to the
// parameters, or the values of the flag -by.
//
// The exit status is 1 if a derivative that check compares is wrong, if fit meets a number that is not
// finite or makes the result larger, or if a file or the output cannot be written. It is 2 if something is
// wrong with the arguments or the formulas. ("go run" prints the status of the program and exits with
// status 1 in both cases.)
package main
