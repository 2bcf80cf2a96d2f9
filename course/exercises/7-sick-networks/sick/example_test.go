package sick_test

import (
	"fmt"

	"github.com/gradus-go/gradus/course/exercises/7-sick-networks/sick"
	"github.com/gradus-go/gradus/nn"
)

// Smaller weights do not cure units whose weights are equal.
func ExampleCase() {
	c := sick.Case{Hidden: []int{8}, From: -1}
	n := sick.Network{Hidden: []int{8}, Activation: nn.Tanh, Weights: nn.Constant(0.1), Rate: 0.1}
	wrong, _ := c.Check(n).FirstWrong()
	fmt.Println(wrong.Factor, wrong.Slips[0][:54])

	n.Weights = nn.Xavier
	fmt.Println(c.Check(n).OK())
	// Output:
	// W the 8 units of layer 1 have equal weights, and so have
	// true
}
