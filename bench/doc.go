// Package bench measures gradus side by side with what a user would pick instead: backprop
// derived by hand in plain Go loops, the same on gonum's kernels, NumPy and PyTorch.
//
//	go test -bench . ./bench     the variants of the rows, one by one
//	go run ./bench/table         everything in one run, as a table in Markdown
//	go run ./bench/epoch         an epoch of training, which is a program of its own
//
// A row is a thing to compute, forward and backward in float64; a variant is a way to
// compute it. All variants of a row are checked against each other, output and gradient,
// before they are timed. The yardstick is the variant "plain Go": loops without assembly
// and without allocation, as fast as we could write them.
//
// The machine is never idle and never twice the same, so only the ratio to the yardstick in
// the same run says anything. To measure it, the variants of a row take turns, in rounds,
// and the time of a variant is its shortest: other load only ever adds to it.
package bench
