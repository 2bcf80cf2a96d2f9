// Package recipe makes and trains a network for images as a [Recipe] says, which the flags of the
// program set.
package recipe
