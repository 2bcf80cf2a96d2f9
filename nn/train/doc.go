// Package train trains the networks of package nn, and models of your own, by gradient descent.
//
// [Run] trains a network: an [nn.MLP], or any [nn.Model]. It records the graph of the network and its
// loss once, with package replay, and replays it for every batch, on several cores where batches are
// large enough. So a network of scalars trains at the speed of vector code. With Config.Eager, Run
// builds a new graph for every sample instead. That is slow, but can be followed step by step. The
// losses are the same up to rounding, since replay may add numbers up in another order.
//
// What people do when they train is in [Config]: batches, a validation loss that decides when to stop
// and which parameters are the best, weights of samples, and a checkpoint, from which an interrupted
// training goes on with the same bits. Learning rates, groups of parameters and clipping are those of
// package optim. A model with random masks, such as those of dropout, is an [nn.Masked].
//
// A [Predictor] computes the outputs of a network for many inputs, also with a recording.
package train
