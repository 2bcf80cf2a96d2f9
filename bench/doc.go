// Package bench measures how long it takes to compute a function and its gradient: with gradus,
// and with what one might use in its place, which is backpropagation derived by hand in plain Go
// loops, the same with the kernels of gonum, NumPy and PyTorch.
//
//	go run -ldflags=-funcalign=64 ./bench/table
//	         measures everything and prints one table in Markdown
//	go run -ldflags=-funcalign=64 ./bench/epoch
//	         measures an epoch of training; it is a program of its own
//	go run -ldflags=-funcalign=64 ./bench/names
//	         measures whole programs that train a GPT, beside plain Python and PyTorch
//	go test -ldflags=-funcalign=64 -bench . ./bench
//	         runs the rows of the table as Go benchmarks, one by one
//
// The flag for the linker lets each function begin at a multiple of 64 bytes. Without it, the same loop
// may take more time in one program than in another, depending on where the linker happens to put it.
//
// Each row of the table is a function, computed in float64, forward and backward. Most are
// networks, named after the neurons in their layers:
//
//	1-1-1           a hidden neuron with σ, a linear output, and the loss ½(y − t)²: the network
//	                of the tutorial "Backpropagation Tutorial with a Simple Neural Network"
//	2-3-3-2         σ in every layer, and the loss Σ(y − t)²: the network of the tutorial
//	                "Practice Implementing Gradient Descent"
//	2-16-16-1       tanh in every layer; the output itself is differentiated, without a loss
//	784-30-10       σ in every layer, and the loss Σ(y − t)²; the size for images of digits
//	2-1000-1000-2   the wide network of "Practice Implementing Gradient Descent": σ(0.01·z) in
//	                every layer, the loss Σ(y − t)², and a step of gradient descent
//	product         the product of 1,000 variables
//	logistic        Σ softplus(−s·(w·x + b)), the loss of logistic regression, over 100 samples
//	                of 10 features; s is 1 or −1
//	784-30-10x32    784-30-10 for 32 samples, whose gradients are added; times are per sample
//	784-30-10-Hv    the Hessian of the loss of 784-30-10, for one sample, times a vector: the
//	                gradient of the dot product of the gradient and the vector
//	gpt             one layer of a transformer on names at 8 positions: width 16, 4 heads, 4,192
//	                parameters; the loss is the mean of −ln softmax
//	conv            an image of 8×8, 4 filters of 3×3, ReLU, 8 filters of 3×3×4, ReLU, and 10 outputs
//	                with the loss −ln softmax; 1,626 parameters
//	lstm            16 units that read 16 vectors of 8 numbers, and one output with the loss (y − t)²;
//	                1,616 parameters
//	gptx16          gpt for 16 samples, and conv and lstm for 32, whose gradients are added; times are
//	convx32         per sample
//	lstmx32
//
// A variant is one way to compute a row:
//
//	plain Go   loops derived by hand, without assembly and without allocation, as fast as we
//	           could write them; the yardstick to which all others are compared
//	gonum      the same derivation with gonum's kernels for vectors and matrices
//	eager      gradus: every iteration builds the graph from single Mul and Add, and
//	           differentiates it
//	tape       the same on a gradus.Tape, which reuses the memory of the graph
//	replay     package replay: the graph was recorded once, and every iteration runs the program
//	replay, with Dot
//	           the same, but the graph was written with Dot, Softmax and LogSumExp
//	NumPy      the tutorial's own algorithm, in a Python process, if NumPy is installed
//	PyTorch    written as in PyTorch's own tutorials, in a Python process, if it is installed
//
// Two rows have another loop in plain Go, which is faster than the yardstick but no substitute for
// it. "plain Go, gradient not kept" updates the weights without storing their gradient. "plain Go,
// Σ ln as ln Π" takes the logarithm of a product in place of a sum of logarithms, which is
// inaccurate once all samples are classified well.
//
// Before the variants of a row are timed, all of them are run once, and their outputs and
// gradients are compared. They must agree up to rounding.
//
// The speed of a machine changes from minute to minute with its other load. Only ratios of times
// from the same run mean anything, and so every time is shown beside its ratio to the yardstick.
// The variants of a row take turns, seven each, and the time of a variant is that of its fastest
// turn, because other load can only make a turn slower.
package bench
