// Package params asks of a network what its training and its measurement must know: its parameters, each
// once, whether a loss depends on them, how many inputs it takes, and whether it refuses what it is given.
package params
