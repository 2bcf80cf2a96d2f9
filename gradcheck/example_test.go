package gradcheck_test

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/gradcheck"
)

// printer stands for a *testing.T in the examples of functions for tests.
type printer struct{}

func (printer) Helper() {}

func (printer) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func ExampleCheck() {
	w, b := gradus.New(0.5).As("w"), gradus.New(-1).As("b")
	loss := func() *gradus.Value { return w.Mul(3).Add(b).Tanh().Square() }
	if err := gradcheck.Check(loss, w, b); err != nil {
		fmt.Println(err)
	}

	// d/dx x³ is 3x², not 2x²
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 2 * x * x })
	err := gradcheck.Check(func() *gradus.Value { return cube.Apply(w) }, w)
	fmt.Println(err != nil)
	// Output: true
}

func ExampleCompare() {
	x, y := gradus.New(0).As("x"), gradus.New(2).As("y")
	r, err := gradcheck.Compare(func() *gradus.Value { return x.ReLU().Add(y) }, x, y)
	fmt.Println(err)
	for _, c := range r {
		fmt.Println(c.Name, c.Verdict, c.Autodiff)
	}
	// Output:
	// <nil>
	// x kink 0
	// y agree 1
}

func ExampleReport_Err() {
	x := gradus.New(0).As("x")
	r, _ := gradcheck.Compare(x.ReLU, x)
	fmt.Println(r.Err()) // a kink is no mistake
	// Output: <nil>
}

func ExampleReport_String() {
	x := gradus.New(3).As("x")
	r, _ := gradcheck.Compare(x.Square, x)
	fmt.Print(r)
	// Output:
	// parameter           autodiff            numeric         ±  digits  verdict
	// x                          6                  6     1e-10      16  agree
}

func ExampleComparison_Digits() {
	c := gradcheck.Comparison{Autodiff: 2.0004, Numeric: 2}
	fmt.Println(c.Digits())
	// Output: 3
}

func ExampleVerdict_String() {
	fmt.Println(gradcheck.Agree, gradcheck.Unclear, gradcheck.Kink, gradcheck.Disagree)
	// Output: agree unclear kink disagree
}

func ExampleTest() {
	var t printer // in a test, the *testing.T
	w := gradus.New(2).As("w")
	gradcheck.Test(t, func() *gradus.Value { return w.Log().Square() }, w)
	fmt.Println("nothing to report")
	// Output: nothing to report
}

// A student has left out σ′, which is the factor ∂a/∂z.
func ExampleCheckDerivation() {
	x, w := gradus.New(2).As("x"), gradus.New(0.5).As("w")
	z := w.Mul(x).As("z")
	a := z.Sigmoid().As("a")
	L := a.Square().As("L")

	findings, err := gradcheck.CheckDerivation(L, gradcheck.Derivation{
		"dL/da": func(v func(string) float64) float64 { return 2 * v("a") },
		"dL/dw": func(v func(string) float64) float64 { return 2 * v("a") * v("x") },
	})
	if err != nil {
		fmt.Println(err)
	}
	for _, f := range findings {
		fmt.Println(f.Name, f.OK, f.FirstWrong(), f.Slips)
	}
	// Output:
	// dL/da true  []
	// dL/dw false ∂a/∂z [∂a/∂z: σ′ is missing]
}

// A student has differentiated 2(a − t)(1 − a²)x, and has forgotten one x: the inner derivative.
func ExampleCheckDerivation_second() {
	x, t := gradus.New(2).As("x"), gradus.New(1).As("t")
	w := gradus.New(0.5).As("w")
	z := w.Mul(x).As("z")
	a := z.Tanh().As("a")
	L := a.Sub(t).Square().As("L")

	findings, err := gradcheck.CheckDerivation(L, gradcheck.Derivation{
		"d²L/dw²": func(v func(string) float64) float64 {
			slope := 1 - v("a")*v("a")
			return (2*slope*slope - 4*(v("a")-v("t"))*v("a")*slope) * v("x")
		},
	})
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(findings)
	// Output:
	// d²L/dw² = 1.315546672 is wrong, it is 2.631093345 (0 digits shared, tolerance 3e-06)
	//   first wrong factor: ∂(dL/dw)/∂a; what would explain it:
	//     ∂(dL/dw)/∂a: the factor x is missing
	//     ∂z/∂w: the factor x is missing
}

func ExampleDerivation() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	z := y.Sin().As("z")
	gradcheck.TestDerivation(printer{}, z, gradcheck.Derivation{
		"dy/dx": 6,        // a number
		"dz/dy": "-0.911", // a number that was rounded
		"dz/dx": "cos(y)·2x",
	})
	fmt.Println("all are right")
	// Output: all are right
}

// With x = 1 a forgotten factor x makes no difference. With other numbers it does.
func ExampleFormula() {
	x, w := gradus.New(1).As("x"), gradus.New(0.5).As("w")
	y := w.Mul(x).Sin().As("y")
	slope := gradcheck.Formula(func(v func(string) float64) float64 { return math.Cos(v("w") * v("x")) })
	f, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dw": slope})
	fmt.Println(f[0].OK, f[0].Coincidence, f[0].Slips)
	// Output: false true [∂y/∂w: the factor x is missing]
}

func ExampleFindings_Err() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	f, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dx": 3})
	fmt.Println(f.Err())
	// Output:
	// gradcheck: dy/dx = 3 is wrong, it is 6 (0 digits shared, tolerance 6e-09)
	//   first wrong factor: ∂y/∂x; what would explain it:
	//     ∂y/∂x: half as large as it should be: the derivative of a square has a 2
}

func ExampleFindings_String() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	f, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dx": 6})
	fmt.Print(f)
	// Output: dy/dx = 6 is right (16 digits shared, tolerance 6e-09)
}

func ExampleFinding_FirstWrong() {
	z := gradus.New(0.5).As("z")
	a := z.Sigmoid().As("a")
	L := a.Log().As("L")
	f, _ := gradcheck.CheckDerivation(L, gradcheck.Derivation{"dL/da": 1 / a.Data, "dL/dz": 0.5})
	fmt.Println(f[1].FirstWrong())
	// Output: ∂a/∂z
}

func ExampleFinding_String() {
	x := gradus.New(3).As("x")
	y := x.Sin().As("y")
	f, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dx": func(v func(string) float64) float64 {
		return -math.Cos(v("x"))
	}})
	fmt.Println(f[0])
	// Output:
	// dy/dx = 0.9899924966 is wrong, it is -0.9899924966 (0 digits shared, tolerance 1e-06)
	//   first wrong factor: ∂y/∂x; what would explain it:
	//     ∂y/∂x: wrong sign
}

func ExampleSlip_String() {
	s := gradcheck.Slip{Factor: "∂a/∂z", What: "σ′ is missing"}
	fmt.Println(s)
	// Output: ∂a/∂z: σ′ is missing
}

func ExampleTestDerivation() {
	var t printer // in a test, the *testing.T
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	gradcheck.TestDerivation(t, y, gradcheck.Derivation{"dy/dx": 6.0})
	fmt.Println("nothing to report")
	// Output: nothing to report
}

func ExampleComparison() {
	w := gradus.New(2).As("w")
	r, _ := gradcheck.Compare(w.Square, w)
	c := r[0]
	fmt.Printf("%s: %.4f by Backward, %.4f numerically\n", c.Name, c.Autodiff, c.Numeric)
	// Output: w: 4.0000 by Backward, 4.0000 numerically
}

func ExampleReport() {
	a, b := gradus.New(2).As("a"), gradus.New(0).As("b")
	r, _ := gradcheck.Compare(func() *gradus.Value { return a.Add(b.Abs()) }, a, b)
	for _, c := range r { // the worst first
		fmt.Println(c.Name, c.Verdict)
	}
	// Output:
	// b kink
	// a agree
}

func ExampleVerdict() {
	jump := gradus.Func1("jump",
		math.Floor,
		func(float64) float64 { return 0 })
	x := gradus.New(1).As("x")
	r, _ := gradcheck.Compare(func() *gradus.Value { return jump.Apply(x) }, x)
	fmt.Println(r[0].Verdict)
	// Output: disagree
}

// Anything that has the two methods of TB can take the place of a *testing.T.
func ExampleTB() {
	var t gradcheck.TB = printer{}
	x := gradus.New(3).As("x")
	gradcheck.TestDerivation(t, x.Square().As("y"), gradcheck.Derivation{"dy/dq": 6})
	// Output: gradcheck: dy/dq: want the names of two values, as in dL/dW2; the graph has y, x
}

func ExampleFindings() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	f, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dx": 6})
	fmt.Println(len(f), f.Err())
	// Output: 1 <nil>
}

func ExampleFinding() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	for _, claim := range []any{6.001, "6.00", "6.001"} {
		findings, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dx": claim})
		f := findings[0]
		fmt.Println(f.Yours, f.Right, f.OK, f.Rounded, f.Digits)
	}
	// Output:
	// 6.001 6 false false 3
	// 6 6 true false 16
	// 6.001 6 false false 3
}

func ExampleSlip() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	f, _ := gradcheck.CheckDerivation(y, gradcheck.Derivation{"dy/dx": 2})
	for _, s := range f[0].Slips {
		fmt.Println(s.Factor, "—", s.What)
	}
	// Output: ∂y/∂x — the factor x is missing
}

func ExampleTestGradient() {
	var t printer // in a test, the *testing.T
	x, y := gradus.New(3).As("x"), gradus.New(4).As("y")
	z := x.Mul(y).Add(x.Square()) // ∂z/∂x = y + 2x, ∂z/∂y = x
	gradcheck.TestGradient(t, z, []*gradus.Value{x, y}, []float64{10, 3})
	gradcheck.TestGradient(t, z, []*gradus.Value{x, y}, []float64{10, 3.001})
	// Output: gradcheck: the derivative by y is 3, want 3.001
}
