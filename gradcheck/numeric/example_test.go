package numeric_test

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus/gradcheck/numeric"
)

func ExampleDiff() {
	cube := func(x float64) float64 { return x * x * x }
	fmt.Println(numeric.Diff(cube, 2)) // 3·2²
	// Output: 12
}

// The two values of f are near 450 and differ by a few 1e-12, so only the last digits of a
// float64 tell them apart: the quotients have three right digits.
func ExampleDiffp() {
	f := func(x ...float64) float64 { return float64(x[0]*5) + float64(x[1]*x[1]) }
	fmt.Println(numeric.Diffp(f, 0, 10, 20)) // 5
	fmt.Println(numeric.Diffp(f, 1, 10, 20)) // 2·20
	// Output:
	// 5.002220859751105
	// 39.960923459148034
}

// With half the step, the forward difference of x³ has about half the error, and the central
// difference a quarter of it.
func ExampleDifference() {
	cube := func(x float64) float64 { return float64(float64(x*x) * x) }
	for _, h := range []float64{1, 0.5, 0.25} {
		forward := numeric.Difference{Forward: true, Step: h}
		central := numeric.Difference{Step: h}
		fmt.Println(forward.Derivative(cube, 2), central.Derivative(cube, 2)) // errors 6h + h², and h²
	}
	// Output:
	// 19 13
	// 15.25 12.25
	// 13.5625 12.0625
}

func ExampleDifference_Derivative() {
	fmt.Printf("%.9f %.9f\n", numeric.Difference{}.Derivative(math.Sin, 1), math.Cos(1))

	square := func(x float64) float64 { return x * x }
	forward := numeric.Difference{Forward: true, Step: 0.5}
	backward := numeric.Difference{Forward: true, Step: -0.5}
	fmt.Println(forward.Derivative(square, 1), backward.Derivative(square, 1)) // 2 ± 0.5
	// Output:
	// 0.540302306 0.540302306
	// 2.5 1.5
}

func ExampleDifference_Partial() {
	f := func(x ...float64) float64 { return x[0] * math.Exp(x[1]) }
	fmt.Printf("%.6f\n", numeric.Difference{}.Partial(f, 1, 2, 0)) // 2·e⁰
	// Output: 2.000000
}

// If the step is too large, the error of the formula dominates, and if it is too small, the
// rounding error does. Even the best forward difference has only half the digits of a float64.
func ExampleNewSweep() {
	cube := func(x float64) float64 { return float64(float64(x*x) * x) }
	slope := func(x float64) float64 { return 3 * x * x }
	for _, row := range numeric.NewSweep(cube, slope, 2, 1) {
		if row.H == 1e-2 || row.H == 1e-16 {
			fmt.Printf("h = %.0e: forward %.0e off, central %.0e\n", row.H, row.Forward, row.Central)
		}
	}
	// Output:
	// h = 1e-02: forward 6e-02 off, central 1e-04
	// h = 1e-16: forward 1e+01 off, central 1e+01
}

func ExampleSweep_Best() {
	square := func(x float64) float64 { return float64(x * x) }
	double := func(x float64) float64 { return 2 * x }
	s := numeric.NewSweep(square, double, 3, 1)
	forward, central := s.Best()
	fmt.Printf("forward %.0e, central %.0e\n", forward.H, central.H)
	// Output: forward 1e-08, central 1e-01
}

func ExampleSweep_String() {
	zero := func(float64) float64 { return 0 }
	s := numeric.NewSweep(zero, zero, 0, 1)
	fmt.Print(s[:2])
	// Output:
	//        h     forward     central
	//    1e-01     0.0e+00     0.0e+00
	//    1e-02     0.0e+00     0.0e+00
}

func ExampleSweep() {
	square := func(x float64) float64 { return float64(x * x) }
	s := numeric.NewSweep(square, func(x float64) float64 { return 2 * x }, 1, 1)
	fmt.Println(len(s), "steps, from", s[0].H, "to", s[15].H)
	// Output: 16 steps, from 0.1 to 1e-16
}

func ExampleSweepRow() {
	square := func(x float64) float64 { return float64(x * x) }
	row := numeric.NewSweep(square, func(x float64) float64 { return 2 * x }, 1, 1)[0]
	fmt.Printf("h = %g: %.1f and %.1f off\n", row.H, row.Forward, row.Central) // h, and 0
	// Output: h = 0.1: 0.1 and 0.0 off
}

func ExampleDifference_StepAt() {
	fmt.Printf("%.1e %.1e\n", numeric.Difference{}.StepAt(0.3), numeric.Difference{}.StepAt(100))
	fmt.Printf("%.1e\n", numeric.Difference{Forward: true}.StepAt(0.3))
	fmt.Println(numeric.Difference{Step: 0.25}.StepAt(0.3))
	// Output:
	// 6.1e-06 6.1e-04
	// 1.5e-08
	// 0.25
}
