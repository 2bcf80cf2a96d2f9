package optim_test

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
)

// Gradient descent finds the minimum of (w − 3)². In each step, the error is multiplied by
// 1 − 2η = 0.8.
func Example() {
	o := optim.NewSGD(optim.Constant(0.1))
	params, grad := []float64{0}, []float64{0}
	for step := range 4 {
		w := gradus.New(params[0])
		loss := w.Sub(gradus.New(3)).Square()
		loss.Backward()
		grad[0] = w.Grad
		o.Step(params, grad)
		fmt.Printf("step %d: loss %.4f, dloss/dw = %.4f, then w = %.4f\n",
			step, loss.Data, w.Grad, params[0])
	}
	// Output:
	// step 0: loss 9.0000, dloss/dw = -6.0000, then w = 0.6000
	// step 1: loss 5.7600, dloss/dw = -4.8000, then w = 1.0800
	// step 2: loss 3.6864, dloss/dw = -3.8400, then w = 1.4640
	// step 3: loss 2.3593, dloss/dw = -3.0720, then w = 1.7712
}

// ½(x² + 100y²) is a valley that is ten times as narrow as it is long. Plain descent needs steps
// that are small enough for y, and so it is slow along x. Momentum adds up along x. Adam gives
// each of the two its own step.
func ExampleOptimizer() {
	for _, o := range []struct {
		name string
		optim.Optimizer
	}{
		{"SGD", optim.NewSGD(optim.Constant(0.01))},
		{"momentum", &optim.SGD{Rate: optim.Constant(0.01), Momentum: 0.8}},
		{"Adam", optim.NewAdam(optim.Linear(0.5, 0, 100))},
	} {
		x := []float64{10, 1}
		for range 100 {
			o.Step(x, []float64{x[0], 100 * x[1]})
		}
		fmt.Printf("%-8s |x| = %.4f, |y| = %.4f\n", o.name, math.Abs(x[0]), math.Abs(x[1]))
	}
	// Output:
	// SGD      |x| = 3.6603, |y| = 0.0000
	// momentum |x| = 0.0101, |y| = 0.0000
	// Adam     |x| = 0.0256, |y| = 0.0003
}

// A rate is any function of the step: here it rises for four steps and then falls as 1/√step.
func ExampleRate() {
	var warmup optim.Rate = func(step int) float64 {
		return 0.1 * min(float64(step+1)/4, 2/math.Sqrt(float64(step+1)))
	}
	for _, step := range []int{0, 1, 3, 15, 99} {
		fmt.Printf("step %2d: %.3f\n", step, warmup(step))
	}
	// Output:
	// step  0: 0.025
	// step  1: 0.050
	// step  3: 0.100
	// step 15: 0.050
	// step 99: 0.020
}

func ExampleConstant() {
	rate := optim.Constant(0.01)
	fmt.Println(rate(0), rate(1000))
	// Output: 0.01 0.01
}

// This is the rate of micrograd's demo, 1 − 0.9k/100.
func ExampleLinear() {
	rate := optim.Linear(1, 0.1, 100)
	for _, step := range []int{0, 1, 50, 99, 100, 1000} {
		fmt.Printf("step %4d: %.3f\n", step, rate(step))
	}
	// Output:
	// step    0: 1.000
	// step    1: 0.991
	// step   50: 0.550
	// step   99: 0.109
	// step  100: 0.100
	// step 1000: 0.100
}

// Compared with a straight line, half a period of the cosine stays longer near both ends.
func ExampleCosine() {
	linear, cosine := optim.Linear(1, 0, 8), optim.Cosine(1, 0, 8)
	for step := 0; step <= 8; step += 2 {
		fmt.Printf("step %d: %.2f %.3f\n", step, linear(step), cosine(step))
	}
	// Output:
	// step 0: 1.00 1.000
	// step 2: 0.75 0.854
	// step 4: 0.50 0.500
	// step 6: 0.25 0.146
	// step 8: 0.00 0.000
}

// On a slope that does not change, a momentum of 0.9 makes the steps up to ten times as large.
func ExampleSGD() {
	plain := optim.NewSGD(optim.Constant(0.1))
	heavy := &optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9}
	x, y, slope := []float64{0}, []float64{0}, []float64{1}
	for step := 1; step <= 50; step++ {
		beforeX, beforeY := x[0], y[0]
		plain.Step(x, slope)
		heavy.Step(y, slope)
		if step == 1 || step == 2 || step == 10 || step == 50 {
			fmt.Printf("step %2d moves by %.3f, with momentum by %.3f\n",
				step, x[0]-beforeX, y[0]-beforeY)
		}
	}
	// Output:
	// step  1 moves by -0.100, with momentum by -0.100
	// step  2 moves by -0.100, with momentum by -0.190
	// step 10 moves by -0.100, with momentum by -0.651
	// step 50 moves by -0.100, with momentum by -0.995
}

func ExampleNewSGD() {
	o := optim.NewSGD(optim.Constant(0.5))
	o.WeightDecay = 0.1
	x := []float64{1, -2}
	o.Step(x, []float64{0, 0}) // no gradient: decay alone, to 1 − 0.5·0.1 of each
	fmt.Println(x)
	// Output: [0.95 -1.9]
}

// Each parameter x becomes x − ηg.
func ExampleSGD_Step() {
	o := optim.NewSGD(optim.Constant(0.5))
	x := []float64{1, 2}
	o.Step(x, []float64{0.5, -1})
	fmt.Println(x)
	// Output: [0.75 2.5]
}

// One derivative is a million times the other, and Adam's steps are the same. No rate of SGD
// would suit both.
func ExampleAdam() {
	adam, sgd := optim.NewAdam(optim.Constant(0.1)), optim.NewSGD(optim.Constant(0.1))
	x, y, grad := []float64{0, 0}, []float64{0, 0}, []float64{1000, 0.001}
	for range 3 {
		adam.Step(x, grad)
		sgd.Step(y, grad)
	}
	fmt.Printf("Adam %.4f\nSGD  %.4f\n", x, y)
	// Output:
	// Adam [-0.3000 -0.3000]
	// SGD  [-300.0000 -0.0003]
}

// The first step has the size of the rate, whatever the derivative is.
func ExampleAdam_Step() {
	o := optim.NewAdam(optim.Constant(0.1))
	x := []float64{1, 1, 1}
	o.Step(x, []float64{25, -0.5, 0})
	fmt.Printf("%.4f\n", x)
	// Output: [0.9000 1.1000 1.0000]
}

// If a derivative changes its sign in every step, the steps are too large. Its mean m is then
// small compared with its root mean square √v, and so the steps become small.
func ExampleNewAdam() {
	o := optim.NewAdam(optim.Constant(0.1))
	x, grad := []float64{0, 0}, []float64{1, 1}
	for step := 1; step <= 100; step++ {
		before := []float64{x[0], x[1]}
		o.Step(x, grad)
		grad[1] = -grad[1]
		if step == 1 || step == 2 || step == 3 || step == 100 {
			fmt.Printf("step %3d: %+.3f if the sign stays, %+.3f if it alternates\n",
				step, x[0]-before[0], x[1]-before[1])
		}
	}
	// Output:
	// step   1: -0.100 if the sign stays, -0.100 if it alternates
	// step   2: -0.100 if the sign stays, +0.005 if it alternates
	// step   3: -0.100 if the sign stays, -0.034 if it alternates
	// step 100: -0.100 if the sign stays, +0.005 if it alternates
}

// Two parameters start from 1. The derivatives of one are ±100, those of the other ±0.01. AdamW
// makes both decay alike. If the decay is part of the gradient, the large derivatives drown it.
func ExampleNewAdamW() {
	rate := optim.Constant(0.01)
	decoupled, coupled := optim.NewAdamW(rate), optim.NewAdam(rate)
	decoupled.WeightDecay, coupled.WeightDecay = 0.5, 0.5
	x, y := []float64{1, 1}, []float64{1, 1}
	grad := []float64{100, 0.01}
	for range 100 {
		decoupled.Step(x, grad)
		coupled.Step(y, grad)
		grad[0], grad[1] = -grad[0], -grad[1]
	}
	fmt.Printf("AdamW            %.2f\nAdam with decay  %.2f\n", x, y)
	// Output:
	// AdamW            [0.59 0.59]
	// Adam with decay  [0.98 0.22]
}

// Now and then a sample has a huge gradient. When it is clipped, its step is as large as others,
// and in the same direction.
func ExampleClip() {
	plain := optim.NewSGD(optim.Constant(0.1))
	clipped := optim.Clip(optim.NewSGD(optim.Constant(0.1)), 1)
	x, y := []float64{0, 0}, []float64{0, 0}
	for _, grad := range [][]float64{{0.3, 0.4}, {-3000, 4000}, {0.5, 0}} {
		plain.Step(x, grad)
		clipped.Step(y, grad)
		fmt.Printf("%.2f, clipped %.2f\n", x, y)
	}
	// Output:
	// [-0.03 -0.04], clipped [-0.03 -0.04]
	// [299.97 -400.04], clipped [0.03 -0.12]
	// [299.92 -400.04], clipped [-0.02 -0.12]
}

// The norm that is returned is the one before clipping. It tells whether the gradient was clipped.
func ExampleClipNorm() {
	for _, grad := range [][]float64{{3, -4}, {0.3, -0.4}} {
		norm := optim.ClipNorm(grad, 1)
		fmt.Printf("norm %.1f, then %.3f\n", norm, grad)
	}
	// Output:
	// norm 5.0, then [0.600 -0.800]
	// norm 0.5, then [0.300 -0.400]
}

// A function that trains any optimiser which can be interrupted: it returns what to save.
func ExampleResumable() {
	train := func(o optim.Resumable, x []float64, steps int) optim.State {
		for range steps {
			o.Step(x, []float64{2 * x[0]}) // the gradient of x²
		}
		return o.State()
	}
	x := []float64{1}
	fmt.Println(train(optim.NewSGD(optim.Constant(0.1)), x, 3).Steps, "steps")
	fmt.Printf("%.3f\n", x)
	// Output:
	// 3 steps
	// [0.512]
}

// The state of an Adam has its means m and v. Written as JSON, it can be kept beside the parameters.
func ExampleState() {
	a := optim.NewAdam(optim.Constant(0.1))
	a.Step([]float64{1}, []float64{2})
	file, err := json.Marshal(a.State())
	fmt.Printf("%.90s %v\n", file, err)
	// Output:
	// {"steps":1,"params":1,"kind":"Adam","memory":[[0.19999999999999996],[0.0040000000000000036 <nil>
}

func ExampleAdam_State() {
	a := optim.NewAdam(optim.Constant(0.1))
	for range 3 {
		a.Step([]float64{1, 1}, []float64{2, 0})
	}
	s := a.State()
	fmt.Printf("%d steps, m = %.3f, v = %.3f\n", s.Steps, s.Memory[0], s.Memory[1])
	// Output:
	// 3 steps, m = [0.542 0.000], v = [0.012 0.000]
}

// Three steps, an interruption, and three more end where six steps do.
func ExampleAdam_Restore() {
	rate := optim.Linear(0.1, 0, 6)
	train := func(a *optim.Adam, x []float64, steps int) {
		for range steps {
			a.Step(x, []float64{2 * x[0]}) // the gradient of x²
		}
	}
	whole, x := optim.NewAdam(rate), []float64{1}
	train(whole, x, 6)

	first, y := optim.NewAdam(rate), []float64{1}
	train(first, y, 3)
	second := optim.NewAdam(rate)
	if err := second.Restore(first.State()); err != nil {
		fmt.Println(err)
	}
	train(second, y, 3)
	fmt.Println(x[0] == y[0])
	// Output:
	// true
}

func ExampleSGD_State() {
	s := &optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9}
	for range 2 {
		s.Step([]float64{1}, []float64{1})
	}
	fmt.Printf("%d steps, v = %v\n", s.State().Steps, s.State().Memory[0])
	// Output:
	// 2 steps, v = [1.9]
}

// A state that does not fit is refused.
func ExampleSGD_Restore() {
	s := &optim.SGD{Rate: optim.Constant(0.1), Momentum: 0.9}
	fmt.Println(s.Restore(optim.State{Kind: "SGD", Steps: 2, Params: 1, Memory: [][]float64{{1.9, 0}}}))
	// Output:
	// optim: SGD.Restore: slice 0 of the memory has 2 numbers, want one for each of 1 parameters
}
