// Package kernels has the functions that a generated file may need beside those of package elementary. The
// generator copies them from the text of this package.
//
// All sums are computed in one order, which is that of the graph: to compute several rows at once does not
// change it.
package kernels

import _ "embed"

// Slopes and Loops are the text of the files of this package.
//
//go:embed slopes.go
var Slopes string

// Loops has the products of matrices and vectors.
//
//go:embed loops.go
var Loops string
