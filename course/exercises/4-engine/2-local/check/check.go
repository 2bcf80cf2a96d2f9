// Package check checks answers to step 2 of the engine.
package check

import (
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/exercises/4-engine/steps"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// An Answer is the learner's engine.
type Answer engine.Engine

// Checker returns the Checker of this exercise.
func Checker() checking.Checker {
	return checking.Of(func(a Answer) checking.Findings { return steps.Locals(engine.Engine(a)) })
}
