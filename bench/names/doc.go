// Names measures how long it takes to train the GPT of examples/gpt for 1,000 steps, and with what one
// might use in its place: the same formulas in plain Python, one number at a time, and with PyTorch.
// Every variant is a program of its own, and its time is that of the whole program on all cores, in
// seconds of CPU: to start, to read the names, to make the parameters, to record (gradus), and to train.
// The variants of gradus make up 20 names, too.
//
// Usage:
//
//	go run -ldflags=-funcalign=64 ./bench/names [flags]
//
// The flags are:
//
//	-rounds 5         how often each variant runs; the shortest time counts
//	-python-steps 10  steps that plain Python does; its time for 1,000 is computed from that
//	-plot ""          file to draw the times in, .png or .svg
//
// Plain Python takes a fifth of a second for a step. It does the first steps alone, and the table has the
// time of these, multiplied by how many more predictions all 1,000 have. That leaves out its start, which
// takes 0.05 s. The time of training alone is what the Python programs measure themselves, and for gradus a
// tenth of the difference between 11,000 and 1,000 steps.
//
// The program prints no time unless the losses are those of the original program: of Python to 1e-9 of
// themselves, of gradus in the digits that it prints. It must run in the root of a checkout. With the
// defaults it takes half a minute. A bar on stderr shows how far it has come, if stderr is a terminal.
//
// The exit status is 1 if a variant fails or computes other losses, and 2 if a flag is wrong. (That is
// the program's; go run prints it and itself exits with 1.)
package main
