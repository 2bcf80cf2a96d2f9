// Package machine runs flat programs of scalars, forward and in reverse. Package compile makes
// the programs out of graphs, and package replay hands them to its users.
package machine
