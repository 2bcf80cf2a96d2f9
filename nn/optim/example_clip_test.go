package optim_test

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// The gradient itself stays as it is.
func ExampleClipped() {
	o := optim.Clip(optim.NewSGD(optim.Constant(1)), 1)
	x, grad := []float64{0, 0}, []float64{30, -40}
	o.Step(x, grad)
	fmt.Printf("%.3f %v\n", x, grad)
	// Output:
	// [-0.600 0.800] [30 -40]
}

// A gradient that is short enough is not changed.
func ExampleClipped_Step() {
	o := optim.Clip(optim.NewSGD(optim.Constant(1)), 1)
	x := []float64{0, 0}
	o.Step(x, []float64{0.3, -0.4})
	fmt.Println(x)
	// Output:
	// [-0.3 0.4]
}

func ExampleClipped_Bind() {
	w := gradus.Values([]float64{0, 0})
	o := optim.Clip(optim.NewGroups(optim.NewSGD(optim.Constant(1)),
		optim.Group{Params: w[:1], Optimizer: optim.NewSGD(optim.Constant(10))}), 1)
	o.Bind(w)
	x := []float64{0, 0}
	o.Step(x, []float64{30, 40})
	fmt.Printf("%.2f\n", x)
	// Output:
	// [-6.00 -0.80]
}

// The State is that of the optimiser whose gradients are clipped.
func ExampleClipped_State() {
	o := optim.Clip(&optim.SGD{Rate: optim.Constant(1), Momentum: 0.9}, 1)
	o.Step([]float64{0, 0}, []float64{30, 40})
	fmt.Printf("%.2f\n", o.State().Memory)
	// Output:
	// [[0.60 0.80]]
}

func ExampleClipped_Restore() {
	first := optim.Clip(&optim.SGD{Rate: optim.Constant(1), Momentum: 0.5}, 1)
	first.Step([]float64{0}, []float64{30})
	second, x := optim.Clip(&optim.SGD{Rate: optim.Constant(1), Momentum: 0.5}, 1), []float64{0}
	fmt.Println(second.Restore(first.State()))
	second.Step(x, []float64{30})
	fmt.Printf("%.2f\n", x) // half of the step before, and a new one
	// Output:
	// <nil>
	// [-1.50]
}
