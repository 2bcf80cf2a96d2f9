// Package network trains networks for the playground, so that one sees every number of them: weights,
// gradients, what each neuron computes of the plane, and what stops a network from learning.
//
// A session is a network in training, by package nn/train: what it computes is what train.Run computes,
// to the bit. [Calls] are its functions for the page.
package network
