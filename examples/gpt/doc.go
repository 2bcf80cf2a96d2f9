// Gpt trains a GPT of 4,192 parameters on first names, every number a Value that remembers how it was
// computed, and makes up new names. The file main.go has all of it: tokens, model, training and
// sampling. README.md explains it, number by number.
//
// Usage:
//
//	go run ./examples/gpt [flags]
//
// The flags are:
//
//	-stage 5          which stage of the story below to run
//	-data ""          file with a text a line, for instance names.txt or names.txt.gz; by default 32,178
//	                  names that the program carries
//	-seed 42          seed of everything random: the order of the texts, the parameters, the texts that are
//	                  made up
//	-steps 1000       steps of training altogether, with those that a model of -load has had
//	-batch 1          texts in a step
//	-rate 0           learning rate of the first step, which falls to 0; by default that of the stage: 1 in
//	                  stages 1 and 2, 0.3 in stages 3 and 4, 0.01 in stage 5
//	-width 16         numbers that stand for a token
//	-heads 4          heads of attention, from stage 4 on; the width must be a multiple
//	-layers 1         layers, from stage 4 on
//	-context 16       positions that the model can look at; of longer texts it reads the beginning
//	-mode fast        how to compute: fast replays recordings of the graphs; exact does so to the bit as the
//	                  graphs; eager builds the graph of every text
//	-samples 20       how many texts to make up
//	-temperature 0.5  below 1 these are likelier, above 1 stranger
//	-quick            train and make up texts, and nothing else: no mean over all texts, no picture, and no
//	                  file without -save
//	-load ""          file of a model to go on with, to the bit as if it had not been interrupted, if the flags
//	                  are the same
//	-save ""          file for the model; by default gpt.json beside the picture
//	-out ""           folder for the picture; by default a new one in the system's folder for temporary
//	                  files, whose name is printed
//	-show ""          file for the graph of one head of attention with the numbers of the trained model; the
//	                  ending of its name decides how: .dot, .mmd and .svg are pictures of the graph, .tex and
//	                  .txt are the derivation, and .html is a page that steps through Backward
//
// The stages are
//
//  0. counts: how often each letter comes after each other one.
//  1. a network that predicts a letter from the one before, with derivatives by hand and numeric ones.
//  2. the same network on Values: nobody derives anything.
//  3. positions, one head of attention, RMS norms and residual sums.
//  4. several heads and layers.
//  5. the optimiser Adam in place of gradient descent.
//
// Each prints the mean loss over all texts that it reaches after the same number of steps. The loss that
// is printed last in training is that of one text, and says little.
//
// With the flags -data names.txt and the others as they are, the program computes the 1,000 losses and
// makes up the 20 names of the original, to the digit; TestReference compares those of the names that
// the program carries.
//
// Ctrl-C stops training after the current step. The model is then saved, evaluated and drawn as it is. A
// second Ctrl-C ends the program at once.
//
// The exit status is 1 if a file cannot be read or written or if the numbers overflow, and 2 if a flag
// is wrong. ("go run" prints the status of the program and exits with status 1 in both cases.)
//
// Source: A. Karpathy, microgpt, 12 February 2026, https://karpathy.github.io/2026/02/12/microgpt/, from
// which the model, its sizes, the optimiser and the stages are taken, and no code.
package main
