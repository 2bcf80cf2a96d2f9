// Package descent trains a network with one sample, by gradient descent, and records how the error
// falls.
package descent
