// Package check checks answers to the exercise about a network whose ReLUs are off.
package check

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/nn"
)

// Checker returns the Checker of this exercise.
func Checker() checking.Checker {
	relu := nn.ReLU
	return sick.Case{Hidden: []int{16}, Activation: &relu, From: 0}.Checker()
}
