// Package dataset holds images of handwritten digits with which a network learns to read: a small set
// that is embedded in the program, and larger ones, such as MNIST, that are read from a folder.
package dataset
