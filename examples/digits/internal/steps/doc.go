// Package steps exports everything that another program needs to train the same network with the
// same steps, and the losses that it should get.
package steps
