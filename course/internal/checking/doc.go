// Package checking finds out what is wrong with an answer to an exercise of the course: with
// formulas in a text, by package gradcheck, and with functions in Go, by comparison with what the
// usual slips compute.
package checking
