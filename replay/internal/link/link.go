// Package link gives the instructions that package compile emits their last touch: which of
// them may write a gradient that the others add to, which a batch runs for all samples
// together, and where in the two memories of a machine their operands are.
package link

import "github.com/gradus-go/gradus/replay/internal/machine"

// A Linking is what is to be known of linked code, beside the code.
type Linking struct {
	Parts []Part
	Stale [][2]int32 // the parts of GMat that no instruction sets
	Kept  [][2]int32 // the parts of the parameters in Mat that no instruction updates at once
}

// Link turns the slots in the code into places: the first nmat slots are in Mat, constants
// and then, from constMat on, parameters; the others are in V. reassociate is what
// [machine.Inst.Prepare] wants to know.
func Link(insts []machine.Inst, constMat, nmat int32, reassociate bool) Linking {
	c := &code{insts, constMat, nmat}
	owner := c.setters()
	l := Linking{
		Parts: c.parts(),
		Stale: stretches(owner, func(o uint8) bool { return o&setter == 0 }),
		Kept:  stretches(owner[constMat:], func(o uint8) bool { return o&updated == 0 }),
	}
	c.address(reassociate)
	return l
}
