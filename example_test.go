package gradus_test

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/gradus-go/gradus"
)

// The network of the tutorial that derives backpropagation by hand. Its numbers are the
// ones to find with pencil and paper.
func Example() {
	x, t := gradus.New(1).As("x"), gradus.New(0).As("t")
	W1, b1 := gradus.New(0.5).As("W1"), gradus.New(0).As("b1")
	W2, b2 := gradus.New(-1).As("W2"), gradus.New(0).As("b2")

	z := W1.Mul(x).Add(b1).As("z")
	a := z.Sigmoid().As("a")
	y := W2.Mul(a).Add(b2).As("y")
	L := y.Sub(t).Square().Mul(0.5).As("L")

	L.Backward()
	fmt.Printf("L      = %.4f\n", L.Data)
	fmt.Printf("dL/dW2 = %.4f\n", W2.Grad)
	fmt.Printf("dL/dW1 = %.4f\n", W1.Grad)
	// Output:
	// L      = 0.1937
	// dL/dW2 = -0.3875
	// dL/dW1 = 0.1463
}

func ExampleNew() {
	x := gradus.New(5)
	y := x.Mul(2).Add(1) // numbers as operands are constants
	y.Backward()
	fmt.Println(y.Data, x.Grad)
	// Output: 11 2
}

func ExampleValues() {
	x := gradus.Values([]int{1, 2, 3})
	fmt.Println(len(x), x[2].Data)
	// Output: 3 3
}

func ExampleValue() {
	a := gradus.New(3)
	b := a.Mul(a) // a is both operands, and gets both shares
	b.Backward()
	fmt.Println(b.Data, a.Grad)
	// Output: 9 6
}

func ExampleValue_As() {
	w, x := gradus.New(3).As("w"), gradus.New(2).As("x")
	p := w.Mul(x).As("wx")
	fmt.Println(p)
	// Output: wx = 6, by ·
}

func ExampleValue_Name() {
	w := gradus.New(3).As("w")
	fmt.Printf("%q %q\n", w.Name(), w.Neg().Name())
	// Output: "w" ""
}

func ExampleValue_Op() {
	x := gradus.New(0)
	fmt.Println(x.Op() == nil, x.Sigmoid().Op().Name())
	// Output: true σ
}

func ExampleValue_Parents() {
	a, b := gradus.New(7).As("a"), gradus.New(2).As("b")
	for _, p := range a.Sub(b).Parents() {
		fmt.Println(p)
	}
	// Output:
	// a = 7
	// b = 2
}

func ExampleValue_HasGrad() {
	x := gradus.New(1)
	flat := x.Sub(x)
	fmt.Println(x.Grad, x.HasGrad()) // not computed yet
	flat.Backward()
	fmt.Println(x.Grad, x.HasGrad()) // computed: it is 0
	// Output:
	// 0 false
	// 0 true
}

func ExampleValue_String() {
	y := gradus.New(3).Square().As("y")
	y.Backward()
	fmt.Println(y)
	fmt.Println(y.Parents()[0])
	// Output:
	// y = 9, by square, grad 1
	// 3, grad 6
}

// Calling Backward twice doubles the gradients of the leaves, as in PyTorch, and nothing
// else.
func ExampleValue_Backward() {
	x := gradus.New(3).As("x")
	h := x.Square().As("h")
	y := h.Mul(gradus.New(10)).As("y")
	y.Backward()
	fmt.Println(y.Grad, h.Grad, x.Grad)
	y.Backward()
	fmt.Println(y.Grad, h.Grad, x.Grad)
	// Output:
	// 1 10 60
	// 1 10 120
}

// naive hands gradients on as soon as they arrive, without sorting: to the operands of v,
// then to theirs. It is wrong wherever a node is used twice, since it hands on what the
// node has so far, again and again.
func naive(v *gradus.Value) {
	for i, p := range v.Parents() {
		p.Grad += v.Grad * partials(v)[i]
		naive(p)
	}
}

// Why must Backward sort? With a = 1, b = a + a, c = b + b, c is 4a, and dc/da = 4.
// Recursion visits b twice: first with half of its gradient, then with all of it, of which
// the first half is handed on a second time.
func ExampleValue_Backward_order() {
	graph := func() (a, b, c *gradus.Value) {
		a = gradus.New(1).As("a")
		b = a.Add(a).As("b")
		c = b.Add(b).As("c")
		return a, b, c
	}

	a, b, c := graph()
	c.Grad = 1
	naive(c)
	fmt.Println("naive recursion:   dc/db =", b.Grad, " dc/da =", a.Grad)

	a, b, c = graph()
	c.Backward()
	fmt.Println("topological order: dc/db =", b.Grad, " dc/da =", a.Grad)
	// Output:
	// naive recursion:   dc/db = 2  dc/da = 6
	// topological order: dc/db = 2  dc/da = 4
}

// A step of gradient descent clears the gradients of the step before.
func ExampleValue_ZeroGrad() {
	w := gradus.New(10)
	for range 3 {
		w.ZeroGrad()
		loss := w.Square()
		loss.Backward()
		w.Data -= 0.25 * w.Grad
		fmt.Println(w.Data)
	}
	// Output:
	// 5
	// 2.5
	// 1.25
}

func ExampleTopo() {
	a, b := gradus.New(2).As("a"), gradus.New(3).As("b")
	sum := a.Add(b).As("a+b")
	product := sum.Mul(a).As("(a+b)a")
	for _, v := range gradus.Topo(product) {
		fmt.Println(v)
	}
	// Output:
	// a = 2
	// b = 3
	// a+b = 5, by +
	// (a+b)a = 10, by ·
}

// Fitting y = wx to three points, with one tape for all the graphs.
func ExampleTape() {
	w := gradus.New(0)
	var tape gradus.Tape
	for range 20 {
		w.ZeroGrad()
		for _, x := range []float64{1, 2, 3} {
			tape.Reset()
			y := w.Mul(tape.New(x))
			y.Sub(2 * x).Square().Backward()
		}
		w.Data -= 0.03 * w.Grad
	}
	fmt.Printf("w = %.4f\n", w.Data)
	// Output: w = 2.0000
}

func ExampleTape_New() {
	var tape gradus.Tape
	x := tape.New(3)
	y := x.Square() // is on the tape as well
	y.Backward()
	fmt.Println(y.Data, x.Grad)
	// Output: 9 6
}

func ExampleTape_Reset() {
	var tape gradus.Tape
	old := tape.New(3).Exp()
	tape.Reset()
	tape.New(4)
	defer func() { fmt.Println(recover()) }()
	old.Neg()
	// Output: gradus: Tape: a Value was used after Reset: it was node 2, and 1 have been recorded since
}

func ExampleOp() {
	x := gradus.New(2)
	y := x.Log() // a node …
	op := y.Op() // … and the function that it applied
	fmt.Printf("%s 10 = %.4f\n", op.Name(), op.Eval(10))
	// Output: ln 10 = 2.3026
}

func ExampleOp_Name() {
	x := gradus.New(2)
	for _, z := range []*gradus.Value{x.Mul(x), x.Sigmoid(), x.Max(x), x.LeakyReLU(), gradus.Mean(x, x)} {
		fmt.Println(z.Op().Name())
	}
	// Output:
	// ·
	// σ
	// max
	// LeakyReLU(0.01)
	// mean
}

func ExampleOp_Arity() {
	x := gradus.New(1)
	fmt.Println(x.Exp().Op().Arity(), x.Add(x).Op().Arity(), gradus.Sum(x, x, x).Op().Arity())
	// Output: 1 2 -1
}

func ExampleOp_Eval() {
	mul := gradus.New(0).Mul(gradus.New(0)).Op()
	fmt.Println(mul.Eval(6, 7))
	// Output: 42
}

func ExampleOp_Partials() {
	div := gradus.New(0).Div(gradus.New(1)).Op()
	x := []float64{6, 2}
	z := div.Eval(x...)
	dx := make([]float64, 2)
	div.Partials(dx, x, z)
	fmt.Println(z, dx) // 6/2, and 1/2 and -6/2²
	// Output: 3 [0.5 -1.5]
}

// expression writes a graph as a formula, down to whatever has a name.
func expression(v *gradus.Value) string {
	switch p := v.Parents(); {
	case v.Name() != "":
		return v.Name()
	case len(p) == 0:
		return fmt.Sprint(v.Data)
	case len(p) == 2:
		return "(" + expression(p[0]) + " " + v.Op().Name() + " " + expression(p[1]) + ")"
	default:
		return v.Op().Name() + "(" + expression(p[0]) + ")"
	}
}

// The formulas of a derivative are graphs in their turn: they can be printed, evaluated
// and differentiated.
func ExampleOp_Formula() {
	z := gradus.New(0.5).As("z")
	a := z.Sigmoid().As("a")
	definition, da := a.Op().Formula(a, z)
	fmt.Printf("a     = %s = %.4f\n", expression(definition), definition.Data)
	fmt.Printf("da/dz = %s = %.4f\n", expression(da[0]), da[0].Data)
	da[0].Backward()
	fmt.Printf("d²a/dz² = %.4f\n", z.Grad) // a(1 − a)(1 − 2a)
	// Output:
	// a     = (1 / (1 + exp(neg(z)))) = 0.6225
	// da/dz = (a · (1 − a)) = 0.2350
	// d²a/dz² = -0.0576
}

func ExampleOp_Apply() {
	leaky := gradus.LeakyReLU(0.2)
	x := gradus.New(-10)
	y := leaky.Apply(x)
	y.Backward()
	fmt.Println(y.Data, x.Grad)
	// Output: -2 0.2
}

func ExampleFunc1() {
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x })
	x := gradus.New(2)
	y := cube.Apply(x).Add(x)
	y.Backward()
	fmt.Println(y.Data, x.Grad)
	// Output: 10 13
}

func ExampleFunc2() {
	area := gradus.Func2("ellipse",
		func(a, b float64) float64 { return 3 * a * b }, // with π = 3, as the Babylonians had it
		func(_, b float64) float64 { return 3 * b },
		func(a, _ float64) float64 { return 3 * a })
	a, b := gradus.New(2), gradus.New(5)
	y := area.Apply(a, b)
	y.Backward()
	fmt.Println(y.Data, a.Grad, b.Grad)
	// Output: 30 15 6
}

// The median of an odd number of values is the one in the middle, the only one that it changes with.
func ExampleFuncN() {
	middle := func(x []float64) float64 { return slices.Sorted(slices.Values(x))[len(x)/2] }
	median := gradus.FuncN("median", middle,
		func(dx, x []float64) { dx[slices.Index(x, middle(x))] = 1 })
	x := gradus.Values([]float64{7, 1, 3, 900, 2})
	y := median.Apply(x...).Square()
	y.Backward()
	fmt.Println(y.Data)
	for _, v := range x {
		fmt.Print(v.Grad, " ")
	}
	// Output:
	// 9
	// 0 0 6 0 0
}

// With its derivative as an expression, too, a function of your own has derivatives of all orders.
func ExampleOp_WithFormula() {
	cube := gradus.Func1("cube",
		func(x float64) float64 { return x * x * x },
		func(x float64) float64 { return 3 * x * x },
	).WithFormula(func(x []*gradus.Value, _ *gradus.Value) []*gradus.Value {
		return []*gradus.Value{x[0].Square().Mul(3)}
	})
	x := gradus.New(2)
	dz := gradus.Gradient(cube.Apply(x), x)[0]
	fmt.Println(dz.Data, gradus.Gradient(dz, x)[0].Data)
	// Output: 12 12
}

// A derivative is a graph, which can be differentiated again.
func ExampleGradient() {
	x := gradus.New(2)
	y := x.Pow(3) // y = x³
	dy := gradus.Gradient(y, x)[0]
	ddy := gradus.Gradient(dy, x)[0]
	fmt.Println("y′ = 3x² =", dy.Data)
	fmt.Println("y″ = 6x =", ddy.Data)
	// Output:
	// y′ = 3x² = 12
	// y″ = 6x = 12
}

// The derivative in the direction v is the dot product of the gradient and v.
func ExampleGradient_direction() {
	x, v := gradus.Values([]float64{3, 4}), gradus.Values([]float64{1, 0.5})
	y := x[0].Square().Mul(x[1]) // y = x₀²x₁, with the gradient (2x₀x₁, x₀²)
	fmt.Println(gradus.Dot(gradus.Gradient(y, x...), v).Data)
	// Output: 28.5
}

// A Jacobian-vector product J·v has the derivatives of all yᵢ in the direction v. It needs no Jacobian:
// the gradient of u·y with respect to x is Jᵀu, and that of v·Jᵀu with respect to u is J·v, at any u.
func ExampleGradient_jacobianVectorProduct() {
	x, v := gradus.Values([]float64{3, 4}), gradus.Values([]float64{1, 0.5})
	y := []*gradus.Value{x[0].Square().Mul(x[1]), x[0].Add(x[1])} // with the Jacobian (2x₀x₁ x₀²; 1 1)
	u := gradus.Values(make([]float64, len(y)))
	for _, jv := range gradus.Gradient(gradus.Dot(gradus.Gradient(gradus.Dot(y, u), x...), v), u...) {
		fmt.Println(jv.Data)
	}
	// Output:
	// 28.5
	// 1.5
}

// A product of the Hessian and a vector needs no Hessian: it is the gradient of the derivative in that
// direction.
func ExampleGradient_hessianVectorProduct() {
	x, v := gradus.Values([]float64{3, 4}), gradus.Values([]float64{1, 0.5})
	y := x[0].Square().Mul(x[1]) // y = x₀²x₁, with the Hessian (2x₁ 2x₀; 2x₀ 0)
	for _, hv := range gradus.Gradient(gradus.Dot(gradus.Gradient(y, x...), v), x...) {
		fmt.Println(hv.Data)
	}
	// Output:
	// 11
	// 6
}

// Newton's method divides the gradient by the curvature. On a quadratic function it arrives in one step.
func ExampleHessian() {
	x, y := gradus.New(5), gradus.New(7)
	f := x.Sub(1).Square().Add(y.Square().Mul(2)).Add(x.Mul(y)) // (x − 1)² + 2y² + xy
	for _, row := range gradus.Hessian(f, x, y) {
		fmt.Println(row[0].Data, row[1].Data)
	}
	// Output:
	// 2 1
	// 1 4
}

func ExampleOps() {
	for _, op := range gradus.Ops()[:8] {
		fmt.Print(op.Name(), " ")
	}
	fmt.Println("…")
	// Output: + − · / neg ^ square √ …
}

func ExampleConst() {
	r := gradus.New(2).As("r")
	area := gradus.Const(math.Pi).Mul(r.Square())
	same := r.Square().Mul(math.Pi) // a number as an operand is a constant, too
	area.Backward()
	fmt.Printf("%.4f %.4f\n", area.Data, same.Data)
	fmt.Printf("dA/dr = 2πr = %.4f\n", r.Grad)
	// Output:
	// 12.5664 12.5664
	// dA/dr = 2πr = 12.5664
}

func ExampleValue_IsConst() {
	x := gradus.New(3).As("x")
	y := x.Mul(2)
	for _, v := range y.Parents() {
		fmt.Println(v, v.IsConst())
	}
	// Output:
	// x = 3 false
	// 2, a constant true
}

func ExampleOp_Ignores() {
	x := gradus.New(-1)
	z := x.ReLU().Sqrt() // √ has the derivative ∞ at 0
	fmt.Println(z.Parents()[0].Op().Ignores(0, x.Data))
	z.Backward()
	fmt.Println(x.Grad)
	// Output:
	// true
	// 0
}

// Several goroutines differentiate at once: each has leaves of its own, with the numbers of the
// parameters, and its own tape. The gradients are added up at the end.
func Example_goroutines() {
	params, samples := []float64{0.5, -1}, []float64{1, 2, 3, 4, 5, 6}
	gradients := make([][]float64, 3)
	var group sync.WaitGroup
	for k := range gradients {
		group.Add(1)
		go func() {
			defer group.Done()
			w := gradus.Values(params) // the parameters are only read
			var tape gradus.Tape
			for _, x := range samples[2*k : 2*k+2] {
				tape.Reset()
				tape.New(x).Mul(w[0]).Add(w[1]).Square().Backward() // (w₀x + w₁)²
			}
			gradients[k] = []float64{w[0].Grad, w[1].Grad}
		}()
	}
	group.Wait()
	sum := make([]float64, len(params))
	for _, g := range gradients {
		for i := range g {
			sum[i] += g[i]
		}
	}
	fmt.Println(sum)
	// Output: [49 9]
}

// Functions that have no method are made of others, or of package math by Func1 and Func2.
func Example_otherFunctions() {
	x, y := gradus.New(-8), gradus.New(6)

	log2 := y.Log().Div(math.Ln2) // log₂ y; with math.Ln10, log₁₀ y
	hypot := x.Square().Add(y.Square()).Sqrt()
	atan2 := gradus.Func2("atan2", math.Atan2, // the angle of the point (x, y), in all quadrants
		func(y, x float64) float64 { return x / (x*x + y*y) },
		func(y, x float64) float64 { return -y / (x*x + y*y) })
	cbrt := gradus.Func1("cbrt", math.Cbrt,
		func(x float64) float64 { r := math.Cbrt(x); return 1 / (3 * r * r) })
	floor := gradus.Func1("floor", math.Floor,
		func(float64) float64 { return 0 }) // by definition at its jumps, too

	show(log2, y)
	y.ZeroGrad()
	show(hypot, x, y)
	x.ZeroGrad()
	y.ZeroGrad()
	show(atan2.Apply(y, x), y, x)
	x.ZeroGrad()
	show(cbrt.Apply(x), x)
	x.ZeroGrad()
	show(floor.Apply(x.Add(0.5)), x)
	// Output:
	// z = 2.585, ∂z = 0.2404
	// z = 10, ∂z = -0.8, ∂z = 0.6
	// z = 2.498, ∂z = -0.08, ∂z = -0.06
	// z = -2, ∂z = 0.08333
	// z = -8, ∂z = 0
}
