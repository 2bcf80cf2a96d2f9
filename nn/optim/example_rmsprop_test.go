package optim_test

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/nn/optim"
)

// Nesterov's momentum feels a change of the gradient a step earlier. Where momentum swings past the
// minimum of ½·10x² and back, it does so less.
func ExampleSGD_nesterov() {
	plain := &optim.SGD{Rate: optim.Constant(0.05), Momentum: 0.9}
	ahead := &optim.SGD{Rate: optim.Constant(0.05), Momentum: 0.9, Nesterov: true}
	x, y := []float64{1}, []float64{1}
	for step := 1; step <= 40; step++ {
		plain.Step(x, []float64{10 * x[0]})
		ahead.Step(y, []float64{10 * y[0]})
		if step%10 == 0 {
			fmt.Printf("step %d: x = %+.4f, with Nesterov's momentum %+.4f\n", step, x[0], y[0])
		}
	}
	// Output:
	// step 10: x = +0.0877, with Nesterov's momentum -0.0163
	// step 20: x = -0.3041, with Nesterov's momentum -0.0003
	// step 30: x = -0.1852, with Nesterov's momentum +0.0000
	// step 40: x = +0.0119, with Nesterov's momentum +0.0000
}

// One derivative is a million times the other, and the steps are the same. The first is ten times as
// large as the rate, since the mean of squares starts from 0.
func ExampleRMSProp() {
	o, x := optim.NewRMSProp(optim.Constant(0.01)), []float64{0, 0}
	for step := 1; step <= 300; step++ {
		before := []float64{x[0], x[1]}
		o.Step(x, []float64{1000, 0.001})
		if step == 1 || step == 2 || step == 10 || step == 300 {
			fmt.Printf("step %3d moves by %.4f and %.4f\n", step, x[0]-before[0], x[1]-before[1])
		}
	}
	// Output:
	// step   1 moves by -0.1000 and -0.1000
	// step   2 moves by -0.0709 and -0.0709
	// step  10 moves by -0.0323 and -0.0323
	// step 300 moves by -0.0103 and -0.0103
}

// A derivative alternates between 1.5 and 0.5. Where its mean is subtracted, the steps are larger, since
// the deviation of ½ alone divides.
func ExampleNewRMSProp() {
	plain, centered := optim.NewRMSProp(optim.Constant(0.001)), optim.NewRMSProp(optim.Constant(0.001))
	centered.Centered = true
	x, y, grad := []float64{0}, []float64{0}, []float64{1.5}
	for range 2000 {
		plain.Step(x, grad)
		centered.Step(y, grad)
		grad[0] = 2 - grad[0] // 1.5, 0.5, 1.5, …
	}
	fmt.Printf("%.2f, centred %.2f\n", x[0], y[0])
	// Output:
	// -1.89, centred -3.94
}

// With α = 0 only the last derivative counts, and each step has the size of the rate.
func ExampleRMSProp_Step() {
	o := optim.NewRMSProp(optim.Constant(0.1))
	o.Decay = 0
	x := []float64{1, 1, 1}
	o.Step(x, []float64{25, -0.5, 0})
	fmt.Printf("%.4f\n", x)
	// Output:
	// [0.9000 1.1000 1.0000]
}

// The memory has the mean of squares, and the velocity if there is momentum.
func ExampleRMSProp_State() {
	o := &optim.RMSProp{Rate: optim.Constant(0.1), Decay: 0.5, Epsilon: 1, Momentum: 0.5}
	o.Step([]float64{1}, []float64{2})
	fmt.Printf("v = %.4f, b = %.4f\n", o.State().Memory[0], o.State().Memory[1])
	// Output:
	// v = [2.0000], b = [0.8284]
}

func ExampleRMSProp_Restore() {
	rate := optim.Constant(0.1)
	first := optim.NewRMSProp(rate)
	first.Step([]float64{1}, []float64{2})
	second, x, y := optim.NewRMSProp(rate), []float64{1}, []float64{1}
	fmt.Println(second.Restore(first.State()))
	first.Step(x, []float64{3})
	second.Step(y, []float64{3})
	fmt.Println(x[0] == y[0])
	// Output:
	// <nil>
	// true
}

// The rate is halved after every three steps.
func ExampleStepDecay() {
	rate := optim.StepDecay(0.8, 0.5, 3)
	for step := range 7 {
		fmt.Print(rate(step), " ")
	}
	// Output:
	// 0.8 0.8 0.8 0.4 0.4 0.4 0.2
}

// The rate falls to a tenth of itself in 100 steps.
func ExampleExponential() {
	rate := optim.Exponential(1, math.Pow(0.1, 1./100))
	for _, step := range []int{0, 50, 100, 200} {
		fmt.Printf("step %3d: %.3f\n", step, rate(step))
	}
	// Output:
	// step   0: 1.000
	// step  50: 0.316
	// step 100: 0.100
	// step 200: 0.010
}

// The rate rises for four steps and then falls for eight, along half a period of the cosine.
func ExampleWarmUp() {
	rate := optim.WarmUp(4, optim.Cosine(1, 0, 8))
	for step := range 13 {
		fmt.Printf("%.2f ", rate(step))
	}
	// Output:
	// 0.20 0.40 0.60 0.80 1.00 0.96 0.85 0.69 0.50 0.31 0.15 0.04 0.00
}
