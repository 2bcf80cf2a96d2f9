package replay_test

import (
	"fmt"
	"log"
	"math"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
)

// tutorial is the network of the first tutorial: 1-1-1, with a loss of ½(y − t)².
func tutorial() (loss, x, t, w1, b1, w2, b2 *gradus.Value) {
	x, t = gradus.New(1).As("x"), gradus.New(0).As("t")
	w1, b1 = gradus.New(0.5).As("W1"), gradus.New(0).As("b1")
	w2, b2 = gradus.New(-1).As("W2"), gradus.New(0).As("b2")
	y := w2.Mul(w1.Mul(x).Add(b1).Sigmoid()).Add(b2)
	return y.Sub(t).Square().Mul(0.5), x, t, w1, b1, w2, b2
}

// A network is recorded once and trained without building a graph again. The first update
// is the tutorial's.
func Example() {
	loss, x, t, _, _, w2, _ := tutorial()
	p, err := replay.Record(loss, x, t) // the other leaves with a name are parameters
	if err != nil {
		log.Fatal(err)
	}
	for step := range 917 {
		l := p.Forward(1, 0)
		p.Backward()
		if step == 0 {
			fmt.Printf("L = %.4f, dL/dW2 = %.4f\n", l, p.Grad(w2))
		}
		for i, g := range p.Gradient() {
			p.Numbers()[i] -= 0.01 * g
		}
	}
	p.Store()
	fmt.Printf("after 917 steps L < 1e-12: %t, W2 = %.4f\n", p.Forward(1, 0) < 1e-12, w2.Data)
	// Output:
	// L = 0.1937, dL/dW2 = -0.3875
	// after 917 steps L < 1e-12: true, W2 = -0.7419
}

// The README's: a layer, written one number at a time, is recorded and trained.
func Example_readme() {
	x, t := gradus.Values([]float64{0.5, -1}), gradus.New(1.5)
	w := gradus.Values([]float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6})
	h0 := w[0].Mul(x[0]).Add(w[1].Mul(x[1])).Add(w[2]).Tanh()
	h1 := w[3].Mul(x[0]).Add(w[4].Mul(x[1])).Add(w[5]).Tanh()
	loss := h0.Add(h1).Sub(t).Square()

	r := replay.Recorder{Inputs: []*gradus.Value{x[0], x[1], t}, Params: w}
	p, err := r.Record(loss)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(p)
	for range 4 {
		fmt.Printf("loss %.4f\n", p.Forward(0.5, -1, 1.5)) // any numbers for the inputs
		p.Backward()
		for i, g := range p.Gradient() {
			p.Numbers()[i] -= 0.1 * g
		}
	}
	p.Store() // the trained numbers go back into w
	// Output:
	// 3 inputs, 6 parameters, 0 constants, 5 instructions
	// t[0:2] = w[0:4]·x[0:2] + w[4:6]
	// t[2:4] = tanh(t[0:2])
	// t[4] = t[2] + t[3]
	// t[5] = t[4] − x[2]
	// t[6] = square(t[5])
	// return t[6]
	// loss 1.1232
	// loss 0.1053
	// loss 0.0426
	// loss 0.0212
}

// Two neurons, written one number at a time, are one matrix-vector product.
func ExampleProgram_String() {
	x, w := gradus.Values(make([]float64, 2)), gradus.Values(make([]float64, 6))
	h0 := w[0].Mul(x[0]).Add(w[1].Mul(x[1])).Add(w[2]).Tanh()
	h1 := w[5].Add(w[3].Mul(x[0]).Add(x[1].Mul(w[4]))).Tanh()
	p, err := replay.Recorder{Inputs: x, Params: w}.Record(h0.Mul(h1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(p)
	// Output:
	// 2 inputs, 6 parameters, 0 constants, 3 instructions
	// t[0:2] = w[0:4]·x[0:2] + w[4:6]
	// t[2:4] = tanh(t[0:2])
	// t[4] = t[2] · t[3]
	// return t[4]
}

// An if on the Data of a Value is frozen. Check finds it.
func ExampleProgram_Check() {
	build := func(x float64) (z, leaf *gradus.Value) {
		v := gradus.New(x).As("x")
		if v.Data > 0 { // frozen; v.ReLU() would not be
			return v.Square(), v
		}
		return v.Neg(), v
	}
	z, x := build(3)
	p, err := replay.Record(z, x)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println("recorded at 3, run at -2:", p.Forward(-2))
	for _, number := range []float64{5, -2} {
		z, x := build(number)
		fmt.Printf("built at %v: %v\n", number, p.Check([]*gradus.Value{z}, x))
	}
	// Output:
	// recorded at 3, run at -2: 4
	// built at 5: <nil>
	// built at -2: replay: Check: the graph has node 1 = neg(x), want node 1 = square(x) as recorded
}

func ExampleRecord() {
	x, w := gradus.New(3).As("x"), gradus.New(2).As("w")
	p, err := replay.Record(w.Mul(x).Square(), x) // w has a name and is not an input: a parameter
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Forward(3), p.Forward(10)) // (wx)²
	p.Backward()
	fmt.Println(p.Gradient()) // 2wx²
	half := gradus.New(0.5)   // neither named nor a constant
	_, err = replay.Record(w.Mul(x).Square().Mul(half).As("L"), x)
	fmt.Println(strings.ReplaceAll(err.Error(), ": ", ":\n  "))
	// Output:
	// 36 400
	// [400]
	// replay:
	//   1 leaf is neither an input nor a constant and has no name:
	//   (0.5, an operand of · in L):
	//   name a parameter with As, make a constant with Const, or list the parameters in Recorder.Params
}

// A constant that depends on constants alone is computed once.
func ExampleRecorder() {
	x := gradus.New(0)
	r := replay.Recorder{Inputs: []*gradus.Value{x}}
	scale := gradus.Const(2).Sqrt()
	p, err := r.Record(scale.Mul(x))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(p)
	fmt.Printf("%.4f\n", p.Forward(10))
	// Output:
	// 1 input, 0 parameters, 1 constant, 1 instruction
	// t[0] = c[0] · x[0]
	// return t[0]
	// 14.1421
}

// The gradient of the inputs is computed on demand.
func ExampleRecorder_Record() {
	x, w := gradus.New(3), gradus.New(2).As("w")
	r := replay.Recorder{Inputs: []*gradus.Value{x}, InputGrads: true}
	p, err := r.Record(w.Mul(x).Square())
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(10)
	p.Backward()
	fmt.Println("d(wx)²/dx = 2w²x =", p.InputGrad()[0])
	_, err = r.Record(nil)
	fmt.Println(err)
	// Output:
	// d(wx)²/dx = 2w²x = 80
	// replay: output 1 of 1 is nil, want a Value
}

// An exact program adds as the graph does, to the bit: 1e16 + 1 is rounded to 1e16.
func ExampleRecorder_exact() {
	w := gradus.Values([]float64{1e16, 1, -1e16, 1})
	sum := gradus.Dot(w, gradus.Values([]float64{1, 1, 1, 1}))
	p, err := replay.Recorder{Params: w, Exact: true}.Record(sum)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Forward(), sum.Data)
	// Output: 1 1
}

// Without Matrices, each dot product is an instruction of its own.
func ExamplePass() {
	x := gradus.Values([]float64{1, 2})
	w := gradus.Values([]float64{3, 4, 5, 6})
	y := gradus.Dot(w[:2], x).Mul(gradus.Dot(w[2:], x))
	for _, without := range []replay.Pass{0, replay.Matrices} {
		p, err := replay.Recorder{Inputs: x, Params: w, Without: without}.Record(y)
		if err != nil {
			log.Fatal(err)
		}
		fmt.Print(p)
	}
	// Output:
	// 2 inputs, 4 parameters, 0 constants, 2 instructions
	// t[0:2] = w[0:4]·x[0:2]
	// t[2] = t[0] · t[1]
	// return t[2]
	// 2 inputs, 4 parameters, 0 constants, 3 instructions
	// t[0] = w[0:2]·x[0:2]
	// t[1] = w[2:4]·x[0:2]
	// t[2] = t[0] · t[1]
	// return t[2]
}

// Newton's method for √2: the program computes x² − 2 and its derivative.
func ExampleProgram() {
	x := gradus.New(1).As("x")
	p, err := replay.Record(x.Square().Sub(2).As("residual"))
	if err != nil {
		log.Fatal(err)
	}
	i := p.Index(x)
	for range 5 {
		residual := p.Forward()
		p.Backward()
		p.Numbers()[i] -= residual / p.Gradient()[i]
	}
	fmt.Println(p.Numbers()[i] == math.Sqrt2)
	// Output: true
}

func ExampleProgram_Forward() {
	x, y := gradus.New(0), gradus.New(0)
	p, err := replay.Record(x.Pow(y), x, y)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(p.Forward(2, 10), p.Forward(3, 2))
	// Output: 1024 9
}

// With seeds, Backward computes a vector-Jacobian product: here of (w², w³) with (1, 10).
func ExampleProgram_Backward() {
	w := gradus.New(2).As("w")
	square := w.Square()
	p, err := replay.Recorder{}.Record(square, square.Mul(w))
	if err != nil {
		log.Fatal(err)
	}
	p.Forward()
	p.Backward()
	fmt.Println(p.Gradient()) // 2w
	p.Backward(1, 10)
	fmt.Println(p.Gradient()) // 2w + 10·3w²
	// Output:
	// [4]
	// [124]
}

// Three steps downhill on (w − 1)², each halfway to the minimum.
func ExampleProgram_Descend() {
	w := gradus.New(9)
	p, err := replay.Recorder{Params: []*gradus.Value{w}}.Record(w.Sub(1).Square())
	if err != nil {
		log.Fatal(err)
	}
	for range 3 {
		fmt.Print(p.Forward(), " ")
		p.Descend(0.25)
	}
	fmt.Println(p.Numbers()[0])
	// Output: 64 16 4 2
}

func ExampleProgram_Output() {
	x := gradus.New(0)
	p, err := replay.Recorder{Inputs: []*gradus.Value{x}}.Record(x.Square(), x.Exp())
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(0)
	fmt.Println(p.Output(0), p.Output(1))
	// Output: 0 1
}

func ExampleProgram_InputGrad() {
	x, y := gradus.New(0), gradus.New(0)
	r := replay.Recorder{Inputs: []*gradus.Value{x, y}, InputGrads: true}
	p, err := r.Record(x.Mul(y))
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(3, 4)
	p.Backward()
	fmt.Println(p.InputGrad())
	// Output: [4 3]
}

// The Hessian H of a function times a vector v is the gradient of its derivative in the direction v.
func Example_hessianVectorProduct() {
	w, v := gradus.Values([]float64{1, 1}), gradus.Values([]float64{0, 0})
	a, b := w[0].As("a"), w[1].As("b")
	f := a.Sub(1).Square().Add(b.Sub(a.Square()).Square().Mul(100)) // (a − 1)² + 100(b − a²)²

	p, err := replay.Record(gradus.Dot(gradus.Gradient(f, w...), v), v...)
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(1, 0) // v
	p.Backward()
	fmt.Println("first column of H:", p.Grad(a), p.Grad(b))
	p.Forward(0, 1)
	p.Backward()
	fmt.Println("second column of H:", p.Grad(a), p.Grad(b))
	// Output:
	// first column of H: 802 -400
	// second column of H: -400 200
}

// Params tells which number in Data belongs to which Value.
func ExampleProgram_Params() {
	loss, x, t, _, _, _, _ := tutorial()
	p, err := replay.Record(loss, x, t)
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(1, 0)
	p.Backward()
	for i, v := range p.Params() {
		fmt.Printf("%s = %4.1f, gradient %7.4f\n", v.Name(), p.Numbers()[i], p.Gradient()[i])
	}
	// Unordered output:
	// W1 =  0.5, gradient  0.1463
	// b1 =  0.0, gradient  0.1463
	// W2 = -1.0, gradient -0.3875
	// b2 =  0.0, gradient -0.6225
}

// Index says where a parameter lies, to change one number.
func ExampleProgram_Index() {
	w, b := gradus.New(2).As("w"), gradus.New(1).As("b")
	x := gradus.New(3)
	p, err := replay.Record(w.Mul(x).Add(b), x)
	if err != nil {
		log.Fatal(err)
	}
	p.Numbers()[p.Index(b)] = 10
	fmt.Println(p.Forward(3))
	// Output: 16
}

// Data is the number of a parameter in the program, which has been trained; its Value has the old one.
func ExampleProgram_Data() {
	w := gradus.New(2).As("w")
	p, err := replay.Record(w.Square())
	if err != nil {
		log.Fatal(err)
	}
	p.Forward()
	p.Descend(0.25)
	fmt.Println(p.Data(w), w.Data)
	// Output: 1 2
}

func ExampleProgram_Grad() {
	loss, x, t, _, _, w2, _ := tutorial()
	p, err := replay.Record(loss, x, t)
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(1, 0)
	p.Backward()
	fmt.Printf("dL/dW2 = %.8f\n", p.Grad(w2))
	// Output: dL/dW2 = -0.38745562
}

// To write Numbers is to change the parameters of the program, not the Values.
func ExampleProgram_Numbers() {
	w := gradus.New(2).As("w")
	p, err := replay.Record(w.Square())
	if err != nil {
		log.Fatal(err)
	}
	p.Numbers()[0] = 5
	fmt.Println(p.Forward(), w.Data)
	// Output: 25 2
}

// The order is the program's own: first the rows of the matrix, then the biases. Grad is told which one.
func ExampleProgram_Gradient() {
	x := gradus.Values([]float64{1, 10})
	w := gradus.Values([]float64{1, 2, 3, 4, 5, 6})
	h0 := w[0].Add(w[1].Mul(x[0])).Add(w[2].Mul(x[1]))
	h1 := w[3].Add(w[4].Mul(x[0])).Add(w[5].Mul(x[1]))
	p, err := replay.Recorder{Inputs: x, Params: w}.Record(h0.Add(h1.Mul(2)))
	if err != nil {
		log.Fatal(err)
	}
	p.Forward(1, 10)
	p.Backward()
	p.Backward() // sets the gradient afresh
	fmt.Println(p.Gradient())
	for _, v := range w {
		fmt.Print(p.Grad(v), " ")
	}
	// Output:
	// [2 20 1 10 2 1]
	// 1 1 10 2 2 20
}

func ExampleProgram_Load() {
	w := gradus.New(2).As("w")
	p, err := replay.Record(w.Square())
	if err != nil {
		log.Fatal(err)
	}
	w.Data = 3
	fmt.Println(p.Forward())
	p.Load()
	fmt.Println(p.Forward())
	// Output:
	// 4
	// 9
}

func ExampleProgram_Store() {
	w := gradus.New(2).As("w")
	p, err := replay.Record(w.Square())
	if err != nil {
		log.Fatal(err)
	}
	p.Numbers()[0] = 7
	p.Store()
	fmt.Println(w.Data)
	// Output: 7
}

// A recurrent network that adds up sequences, h = w·h + u·x, has a graph for each length. Both programs train
// the same two parameters, which come to 1.
func ExampleProgram_Record() {
	w, u := gradus.New(0.5).As("w"), gradus.New(0.5).As("u")
	graph := func(length int) (loss *gradus.Value, inputs []*gradus.Value) {
		x, t := gradus.Values(make([]float64, length)), gradus.New(0)
		h := gradus.Const(0)
		for i := range x {
			h = w.Mul(h).Add(u.Mul(x[i]))
		}
		return h.Sub(t).Square(), append(x, t)
	}
	loss3, inputs3 := graph(3)
	loss2, inputs2 := graph(2)
	p3, err := replay.Record(loss3, inputs3...)
	if err != nil {
		log.Fatal(err)
	}
	p2, err := p3.Record(loss2, inputs2...)
	if err != nil {
		log.Fatal(err)
	}
	sum := make([]float64, len(p3.Gradient()))
	for step := range 201 {
		l3 := p3.Forward(1, 2, 1, 4)
		p3.Backward()
		copy(sum, p3.Gradient()) // Backward of p2 will overwrite it
		l2 := p2.Forward(3, -1, 2)
		p2.Backward()
		for i, g := range p2.Gradient() {
			p2.Numbers()[i] -= 0.01 * (sum[i] + g)
		}
		if step%100 == 0 {
			fmt.Printf("step %3d: losses %.4f and %.4f\n", step, l3, l2)
		}
	}
	p2.Store()
	fmt.Printf("w = %.3f, u = %.3f\n", w.Data, u.Data)
	// Output:
	// step   0: losses 8.2656 and 3.0625
	// step 100: losses 0.0000 and 0.0000
	// step 200: losses 0.0000 and 0.0000
	// w = 1.001, u = 0.999
}

// A table of three rows of two numbers is listed row by row. The token, an input, picks a row, and the
// gradient goes to that row alone.
func ExampleRecorder_Record_embedding() {
	table, token := gradus.Values([]float64{1, 2, 3, 4, 5, 6}), gradus.New(0)
	x0 := gradus.Pick(token, table[0], table[2], table[4])
	x1 := gradus.Pick(token, table[1], table[3], table[5])
	r := replay.Recorder{Inputs: []*gradus.Value{token}, Params: table}
	p, err := r.Record(x0.Mul(x1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(p)
	fmt.Println(p.Forward(2))
	p.Backward()
	fmt.Println(p.Gradient())
	// Output:
	// 1 input, 6 parameters, 0 constants, 2 instructions
	// t[0:2] = pick(x[0], 3 rows of w[0:6])
	// t[2] = t[0] · t[1]
	// return t[2]
	// 30
	// [0 0 0 0 6 5]
}
