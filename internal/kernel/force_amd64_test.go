//go:build !purego

package kernel

import "testing"

// force makes the kernels use these instructions until the test ends.
func force(tb testing.TB, in instructionSet) {
	tb.Helper()
	before := best
	best = in
	tb.Cleanup(func() { best = before })
}
