// Package train trains the networks of package nn by stochastic gradient descent.
//
// [Run] is the one call. It records the network and its loss once and replays them for every
// batch on all cores, so that a network of scalars trains at the speed of vector code. With
// Config.Eager it builds the graph of every sample anew instead, which is slow and can be
// followed step by step; the losses are the same, but for the order in which sums are rounded.
//
// [Predict] computes the outputs of a network for many inputs, in the same way.
package train
