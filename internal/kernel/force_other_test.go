//go:build !amd64 || purego

package kernel

import "testing"

func supported() instructionSet { return portable }

// force does nothing: there are no other instructions.
func force(testing.TB, instructionSet) {}
