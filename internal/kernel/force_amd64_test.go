//go:build !purego

package kernel

import "testing"

// available returns all the instructions that the machine has.
func available() []instructionSet {
	return []instructionSet{portable, avx2, avx512}[:supported()+1]
}

// force makes the kernels use these instructions until the test ends.
func force(tb testing.TB, in instructionSet) {
	tb.Helper()
	before := best
	best = in
	tb.Cleanup(func() { best = before })
}
