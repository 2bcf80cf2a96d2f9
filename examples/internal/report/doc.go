// Package report prints the output of an example program: sections, tables and claims of a
// tutorial, where training was interrupted, whether it has made a network worse, and at the end a list
// of the pictures. It compares the numbers that a tutorial's text prints with those of the program, to
// the last bit, and counts how many are reproduced.
package report
