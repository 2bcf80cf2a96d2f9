//go:build (!amd64 && !arm64) || purego

package kernel

import "testing"

func available() []instructionSet { return []instructionSet{portable} }

// force does nothing: there are no other instructions.
func force(testing.TB, instructionSet) {}
