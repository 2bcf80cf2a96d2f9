// Package network describes the networks that package bench measures: their sizes, their numbers,
// and how they are computed layer by layer, forward and backward, with a derivation by hand.
package network
