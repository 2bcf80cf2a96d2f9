// Package check checks answers to the exercise about a network whose steps go too far.
package check

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Checker returns the Checker of this exercise.
func Checker() checking.Checker {
	return sick.Case{Hidden: []int{16, 16}, From: -1}.Checker()
}
