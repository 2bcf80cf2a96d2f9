// Package python runs those parts of the benchmarks that are written in Python, each program in a
// process that reads requests from its standard input and answers them, both as lines of JSON.
package python
