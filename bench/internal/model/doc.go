// Package model has the three networks of package bench that use each weight more than once: a [GPT],
// a convolution ([Conv]) and an [LSTM]. Each has two files: one writes its loss with gradus, the other
// derives the gradient by hand in plain Go, which is the yardstick.
package model
