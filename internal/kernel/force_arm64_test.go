//go:build !purego

package kernel

import "testing"

// neon stands for the assembly for arm64 in tests.
const neon = avx512 + 1

// available returns all the instructions that the machine has.
func available() []instructionSet { return []instructionSet{portable, neon} }

// force makes the products use these instructions until the test ends.
func force(tb testing.TB, in instructionSet) {
	tb.Helper()
	before := hasNEON
	hasNEON = in == neon
	tb.Cleanup(func() { hasNEON = before })
}
