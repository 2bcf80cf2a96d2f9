// Package plain has the yardsticks of package bench: backpropagation derived by hand in plain Go
// loops, without assembly and without allocation, as fast as we could write them. No inner loop
// checks bounds (go build -gcflags=-d=ssa/check_bce shows that). The loops set gradients rather
// than adding to them, and compute none of the inputs of a network.
//
// The functions on layers take a matrix W as a slice, row by row, and the biases b as another. We
// tried several forms of each. The two numbers are nanoseconds per multiply-add, or per product
// for outer, first of a matrix of 784×30, and then of one of 1000×1000, where memory is the limit,
// on an Intel Xeon of 2024:
//
//	affine      2 rows at once             0.24    0.31
//	            3 rows                     0.19    0.28
//	            4 rows                     0.17    0.28
//	            5 rows                     0.18    0.28
//	            6 rows (in use)            0.165   0.29
//	            2 rows × 4 columns         0.27    0.33
//	            4 rows × 2 columns         0.25    0.30
//	            4 rows, interleaved        0.30    0.37
//	            8 rows, interleaved        0.34    0.39
//	            4 rows, math.FMA           0.28    0.33
//	            the same with GOAMD64=v3   0.24    0.29
//	outer       1 row × 1 column           0.21    0.31
//	            1 row × 2 columns          0.22    0.31
//	            1 row × 4 columns          0.19    0.31
//	            1 row × 8 columns (in use) 0.163   0.31
//	            2 rows at once             0.28    0.39
//	            4 rows                     0.28    0.42
//	            4 rows, interleaved        0.19    0.31
//	transposed  4 rows at once (in use)            0.28
//	            6 rows                             0.28
//	            8 rows                             0.29
//
// Interleaved means that the rows are stored so that their elements in one column are neighbours in
// memory. A loop over 5 rows took 0.23 inside a function with other variables, because the addresses
// did not stay in registers.
//
// For a backward pass with an update, in nanoseconds per weight at 1000×1000:
//
//	transposed, outer and update, one by one                  1.33
//	transposed, then outer and update in one loop             1.23
//	all in one loop, row by row                               1.02
//	all in one loop, 2 rows at once (OuterDescend)            0.93
//	the same without writing the gradient, 4 rows at once
//	(TransposedDescend)                                       0.44
package plain
