// Package check checks answers to the exercise about a network whose units are alike.
package check

import (
	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Checker returns the Checker of this exercise.
func Checker() checking.Checker {
	return sick.Case{Hidden: []int{8}, From: -1}.Checker()
}
