// Package train trains the networks of package nn by stochastic gradient descent.
//
// [Run] trains a network. It records the graph of the network and its loss once, with package
// replay, and replays it for every batch, on several cores where batches are large enough. So a
// network of scalars trains at the speed of vector code. With Config.Eager, Run builds a new
// graph for every sample instead. That is slow, but can be followed step by step. The losses are
// the same up to rounding, since replay may add numbers up in another order.
//
// A [Predictor] computes the outputs of a network for many inputs, also with a recording.
package train
