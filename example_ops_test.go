package gradus_test

import (
	"fmt"
	"math"

	"github.com/gradus-go/gradus"
)

// show prints a result and, after Backward, the derivative for each operand.
func show(z *gradus.Value, operands ...*gradus.Value) {
	z.Backward()
	fmt.Printf("z = %.4g", z.Data)
	for _, x := range operands {
		fmt.Printf(", ∂z = %.4g", x.Grad)
	}
	fmt.Println()
}

func ExampleValue_Add() {
	x, y := gradus.New(2), gradus.New(3)
	show(x.Add(y), x, y)
	// Output: z = 5, ∂z = 1, ∂z = 1
}

func ExampleValue_Sub() {
	x, y := gradus.New(2), gradus.New(3)
	show(x.Sub(y), x, y)
	// Output: z = -1, ∂z = 1, ∂z = -1
}

func ExampleValue_Mul() {
	x, y := gradus.New(2), gradus.New(3)
	show(x.Mul(y), x, y) // each gets the other
	// Output: z = 6, ∂z = 3, ∂z = 2
}

func ExampleValue_Div() {
	x, y := gradus.New(6), gradus.New(2)
	show(x.Div(y), x, y)
	// Output: z = 3, ∂z = 0.5, ∂z = -1.5
}

func ExampleValue_Neg() {
	x := gradus.New(2)
	show(x.Neg(), x)
	// Output: z = -2, ∂z = -1
}

func ExampleValue_Pow() {
	x, y := gradus.New(2), gradus.New(3)
	show(x.Pow(y), x, y) // 3·2² and 2³·ln 2
	// Output: z = 8, ∂z = 12, ∂z = 5.545
}

func ExampleValue_Square() {
	x := gradus.New(-3)
	show(x.Square(), x)
	// Output: z = 9, ∂z = -6
}

func ExampleValue_Sqrt() {
	x := gradus.New(9)
	show(x.Sqrt(), x) // 1/(2·3)
	// Output: z = 3, ∂z = 0.1667
}

func ExampleValue_Exp() {
	x := gradus.New(1)
	show(x.Exp(), x) // is its own derivative
	// Output: z = 2.718, ∂z = 2.718
}

func ExampleValue_Log() {
	x := gradus.New(4)
	show(x.Log(), x)
	// Output: z = 1.386, ∂z = 0.25
}

func ExampleValue_Sin() {
	x := gradus.New(0)
	show(x.Sin(), x)
	// Output: z = 0, ∂z = 1
}

func ExampleValue_Cos() {
	x := gradus.New(1)
	show(x.Cos(), x)
	// Output: z = 0.5403, ∂z = -0.8415
}

func ExampleValue_Tan() {
	x := gradus.New(1)
	show(x.Tan(), x)
	// Output: z = 1.557, ∂z = 3.426
}

// The digits of a small number are kept: 1 + 1e-20 is 1, and its logarithm 0.
func ExampleValue_Log1p() {
	x := gradus.New(1e-20)
	show(x.Log1p(), x)
	// Output: z = 1e-20, ∂z = 1
}

// The digits of a small result are kept: exp(1e-20) is 1, and 1 less 0.
func ExampleValue_Expm1() {
	x := gradus.New(1e-20)
	show(x.Expm1(), x)
	// Output: z = 1e-20, ∂z = 1
}

func ExampleValue_Asin() {
	x := gradus.New(0.6)
	show(x.Asin(), x) // 1/√(1 − 0.36)
	// Output: z = 0.6435, ∂z = 1.25
}

func ExampleValue_Acos() {
	x := gradus.New(0.6)
	show(x.Acos(), x)
	// Output: z = 0.9273, ∂z = -1.25
}

// An angle from the coordinates of a point to the right of the y axis.
func ExampleValue_Atan() {
	x, y := gradus.New(4), gradus.New(3)
	show(y.Div(x).Atan(), x, y) // −y/(x² + y²) and x/(x² + y²)
	// Output: z = 0.6435, ∂z = -0.12, ∂z = 0.16
}

func ExampleValue_Sinh() {
	x := gradus.New(1)
	show(x.Sinh(), x) // cosh 1
	// Output: z = 1.175, ∂z = 1.543
}

func ExampleValue_Cosh() {
	x := gradus.New(1)
	show(x.Cosh(), x) // sinh 1
	// Output: z = 1.543, ∂z = 1.175
}

func ExampleValue_Tanh() {
	x := gradus.New(1)
	show(x.Tanh(), x)
	// Output: z = 0.7616, ∂z = 0.42
}

// A saturated sigmoid: the result has rounded to 1, and the derivative is exactly 0.
func ExampleValue_Sigmoid() {
	x, saturated := gradus.New(0.5), gradus.New(316)
	show(x.Sigmoid(), x)
	show(saturated.Sigmoid(), saturated)
	// Output:
	// z = 0.6225, ∂z = 0.235
	// z = 1, ∂z = 0
}

// The probability that a standard normal number lies within one standard deviation.
func ExampleValue_Erf() {
	x := gradus.New(1)
	show(x.Div(math.Sqrt2).Erf(), x)
	// Output: z = 0.6827, ∂z = 0.4839
}

func ExampleValue_ELU() {
	x, y := gradus.New(2), gradus.New(-2)
	show(x.ELU(), x)
	show(y.ELU(), y)
	// Output:
	// z = 2, ∂z = 1
	// z = -0.8647, ∂z = 0.1353
}

// Unlike ReLU, SiLU falls below 0 and rises again: its slope at -2 is negative.
func ExampleValue_SiLU() {
	x, y := gradus.New(2), gradus.New(-2)
	show(x.SiLU(), x)
	show(y.SiLU(), y)
	// Output:
	// z = 1.762, ∂z = 1.091
	// z = -0.2384, ∂z = -0.09078
}

// The activation of the networks called GPT.
func ExampleValue_GELU() {
	x, y := gradus.New(2), gradus.New(-2)
	show(x.GELU(), x)
	show(y.GELU(), y)
	// Output:
	// z = 1.954, ∂z = 1.085
	// z = -0.0455, ∂z = -0.08523
}

// A clipped number passes its gradient on only while it is between the bounds.
func ExampleValue_Clamp() {
	x, y := gradus.New(0.7), gradus.New(1.2)
	show(x.Clamp(0, 1), x)
	show(y.Clamp(0, 1), y)
	// Output:
	// z = 0.7, ∂z = 1
	// z = 1, ∂z = 0
}

func ExampleValue_Softplus() {
	x, large := gradus.New(0), gradus.New(800)
	show(x.Softplus(), x)
	show(large.Softplus(), large) // exp(800) would overflow
	// Output:
	// z = 0.6931, ∂z = 0.5
	// z = 800, ∂z = 1
}

// The derivative by the logit is σ(y) − t.
func ExampleValue_SigmoidCrossEntropy() {
	y := gradus.New(2)
	show(y.SigmoidCrossEntropy(1), y)
	y = gradus.New(40) // certain, and right: 1 − σ(40) rounds to 0
	show(y.SigmoidCrossEntropy(1), y)
	// Output:
	// z = 0.1269, ∂z = -0.1192
	// z = 4.248e-18, ∂z = -4.248e-18
}

func ExampleValue_Abs() {
	x, kink := gradus.New(-3), gradus.New(0)
	show(x.Abs(), x)
	show(kink.Abs(), kink)
	// Output:
	// z = 3, ∂z = -1
	// z = 0, ∂z = 0
}

func ExampleValue_ReLU() {
	on, off := gradus.New(2), gradus.New(-2)
	show(on.ReLU(), on)
	show(off.ReLU(), off) // a dead unit learns nothing
	// Output:
	// z = 2, ∂z = 1
	// z = 0, ∂z = 0
}

func ExampleValue_LeakyReLU() {
	on, off := gradus.New(2), gradus.New(-2)
	show(on.LeakyReLU(), on)
	show(off.LeakyReLU(), off)
	// Output:
	// z = 2, ∂z = 1
	// z = -0.02, ∂z = 0.01
}

func ExampleLeakyReLU() {
	leaky := gradus.LeakyReLU(0.25)
	x := gradus.New(-8)
	show(leaky.Apply(x), x)
	// Output: z = -2, ∂z = 0.25
}

func ExampleValue_Max() {
	x, y := gradus.New(2), gradus.New(3)
	show(x.Max(y), x, y)
	tie := gradus.New(3)
	show(tie.Max(3), tie) // half for each operand
	// Output:
	// z = 3, ∂z = 0, ∂z = 1
	// z = 3, ∂z = 0.5
}

func ExampleValue_Min() {
	x, y := gradus.New(2), gradus.New(3)
	show(x.Min(y), x, y)
	// Output: z = 2, ∂z = 1, ∂z = 0
}

func ExampleSum() {
	x := gradus.Values([]int{1, 2, 3})
	show(gradus.Sum(x...), x...)
	// Output: z = 6, ∂z = 1, ∂z = 1, ∂z = 1
}

func ExampleMean() {
	x := gradus.Values([]int{1, 2, 3, 6})
	show(gradus.Mean(x...), x...)
	// Output: z = 3, ∂z = 0.25, ∂z = 0.25, ∂z = 0.25, ∂z = 0.25
}

func ExampleDot() {
	w, x := gradus.Values([]float64{1, 2}), gradus.Values([]float64{10, 100})
	show(gradus.Dot(w, x), append(w, x...)...)
	// Output: z = 210, ∂z = 10, ∂z = 100, ∂z = 1, ∂z = 2
}

// The derivatives of LogSumExp are the softmax of its operands.
func ExampleLogSumExp() {
	x := gradus.Values([]int{800, 801})
	show(gradus.LogSumExp(x...), x...)
	// Output: z = 801.3, ∂z = 0.2689, ∂z = 0.7311
}

// The derivatives by the logits are softmax(y) − t, those by the probabilities −ln softmax(y).
func ExampleSoftmaxCrossEntropy() {
	y, t := gradus.Values([]int{1, 2, 3}), gradus.Values([]int{0, 0, 1})
	show(gradus.SoftmaxCrossEntropy(y, t), append(y, t...)...)

	// A class with the logit −∞ is not there.
	y, t = gradus.Values([]float64{2, 2, math.Inf(-1)}), gradus.Values([]int{1, 0, 0})
	show(gradus.SoftmaxCrossEntropy(y, t), y...)
	// Output:
	// z = 0.4076, ∂z = 0.09003, ∂z = 0.2447, ∂z = -0.3348, ∂z = 2.408, ∂z = 1.408, ∂z = 0.4076
	// z = 0.6931, ∂z = -0.5, ∂z = 0.5, ∂z = 0
}

// A Huber loss: a parabola near 0, and straight lines from there on. A Go if on d.Data would do the
// same here, but not in a recording, which another d may send the other way.
func ExampleWhere() {
	huber := func(y *gradus.Value) *gradus.Value {
		d := y.Abs()
		return gradus.Where(d.Sub(1), d.Sub(0.5), d.Square().Mul(0.5)) // where d > 1, else
	}
	near, far := gradus.New(0.5), gradus.New(-3)
	show(huber(near), near)
	show(huber(far), far)
	// Output:
	// z = 0.125, ∂z = 0.5
	// z = 2.5, ∂z = -1
}

// The row of a table that belongs to a token, its embedding, is one Pick for each column. The gradient goes
// to that row alone. In a recording the token is an input like any other.
func ExamplePick() {
	columns := [][]*gradus.Value{
		gradus.Values([]float64{0.1, 0.2, 0.3}), // token 0 has the row 0.1, −0.4
		gradus.Values([]float64{-0.4, -0.5, -0.6}),
	}
	token := gradus.New(2)
	for _, column := range columns {
		show(gradus.Pick(token, column...), column...)
	}
	// Output:
	// z = 0.3, ∂z = 0, ∂z = 0, ∂z = 1
	// z = -0.6, ∂z = 0, ∂z = 0, ∂z = 1
}

func ExampleSoftmax() {
	x := gradus.Values([]int{1, 2, 3})
	for _, p := range gradus.Softmax(x...) {
		fmt.Printf("%.4f\n", p.Data)
	}
	// Output:
	// 0.0900
	// 0.2447
	// 0.6652
}
