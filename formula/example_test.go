package formula_test

import (
	"errors"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
)

// The network of the first tutorial, and the gradient of its loss.
func ExampleRead() {
	g, err := formula.Read(`
		input x = 1, t = 0
		W1 = 0.5; b1 = 0; W2 = -1; b2 = 0
		z = W1·x + b1
		a = σ(z)
		y = W2·a + b2
		L = ½(y − t)²
	`)
	if err != nil {
		fmt.Println(err)
		return
	}
	g.Value("L").Backward()
	for _, w := range g.Parameters {
		fmt.Printf("dL/d%s = %.4f\n", w.Name(), w.Grad)
	}
	// Output:
	// dL/dW1 = 0.1463
	// dL/db1 = 0.1463
	// dL/dW2 = -0.3875
	// dL/db2 = -0.6225
}

// Other numbers, without another text.
func ExampleRead_numbers() {
	text := "y = w·x + b; w = 0.5; b = 1; input x = 2"
	for _, numbers := range []string{"", "x = 10", "w = -1, b = 0"} {
		g, err := formula.Read(text, numbers)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(g.Value("y").Data)
	}
	// Output:
	// 2
	// 6
	// -2
}

// The same network with the numbers of two people.
func ExampleFile() {
	net := formula.File{Name: "net.txt", Text: "y = w·x; input x = 2"}
	for _, numbers := range []formula.File{{Name: "ada.txt", Text: "w = 3"}, {Name: "ben.txt", Text: "v = 4"}} {
		g, err := formula.ReadFiles(net, numbers)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s: y = %v\n", numbers.Name, g.Value("y").Data)
	}
	// Output:
	// ada.txt: y = 6
	// formula: net.txt, line 1, column 5: w is not defined; want a line such as w = 0.5
	// 	y = w·x; input x = 2
	// 	    ^
}

// Where texts have names, an error begins with the name.
func ExampleReadFiles() {
	net := formula.File{Name: "net.txt", Text: "y = w·x + b\ninput x = 1"}
	numbers := formula.File{Name: "numbers.txt", Text: "w = 0.5\nb = 2·(1"}
	_, err := formula.ReadFiles(net, numbers)
	fmt.Println(err)
	// Output:
	// formula: numbers.txt, line 2, column 7: the bracket is not closed; want )
	// 	b = 2·(1
	// 	      ^
}

// An error shows the place, and says what may have been meant.
func ExampleRead_error() {
	_, err := formula.Read("w1 = 2; x = 3\ny = tanh(w2·x")
	fmt.Println(err)
	// Output:
	// formula: line 2, column 10: w2 is not defined; did you mean w1?
	// 	y = tanh(w2·x
	// 	         ^
}

// A formula of Values that are there already.
func ExampleExpression() {
	y, t := gradus.New(-0.6225), gradus.New(0)
	loss, err := formula.Expression("½(y − t)²", map[string]*gradus.Value{"y": y, "t": t})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.4f\n", loss.Data)
	// Output: 0.1938
}

// A formula as a function of numbers.
func ExampleFunction() {
	numbers := map[string]float64{"y": -0.6225, "t": 0}
	f, err := formula.Function("½(y − t)²")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.4f\n", f(func(name string) float64 { return numbers[name] }))
	// Output: 0.1938
}

// Where the factors of a product stand in the text.
func ExampleParts() {
	text := "2(y − t)·W2"
	z, parts, err := formula.Parts(text)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, factor := range z.Parents() {
		part := parts[factor]
		fmt.Printf("%d to %d: %s\n", part.From, part.To, string([]rune(text)[part.From:part.To]))
	}
	// Output:
	// 0 to 8: 2(y − t)
	// 9 to 11: W2
}

// Brackets belong to the part of what is in them.
func ExamplePart() {
	z, parts, err := formula.Parts("2(y − t)")
	fmt.Printf("%+v %v\n", parts[z.Parents()[1]], err)
	// Output: {From:1 To:8} <nil>
}

// A graph that a program built, as text that Read reads.
func ExampleText() {
	x, w := gradus.New(2).As("x"), gradus.New(0.5).As("w")
	h := w.Mul(x).Tanh()
	text, err := formula.Text(h.Mul(h).Sub(1).As("y"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(text)
	// Output:
	// w = 0.5, x = 2
	// v1 = tanh(w·x)
	// y = v1·v1 − 1
}

func ExampleFunctions() {
	names := formula.Functions()
	fmt.Println(len(names), names[:7])
	// Output: 49 [abs acos arccos arcsin arctan asin atan]
}

func ExampleGraph() {
	g, err := formula.Read("input x = 3; w = 2; c = w²; const k = 10; y = c·x + k")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("inputs    ", g.Inputs)
	fmt.Println("constants ", g.Constants)
	fmt.Println("parameters", g.Parameters)
	fmt.Println("results   ", g.Results)
	// Output:
	// inputs     [x = 3]
	// constants  [k = 10, a constant]
	// parameters [w = 2]
	// results    [y = 22, by +]
}

func ExampleGraph_Names() {
	g, err := formula.Read("y = 2x + 1; x = 3")
	fmt.Println(g.Names(), err)
	// Output: [y x] <nil>
}

func ExampleGraph_Value() {
	g, err := formula.Read("y = 2x + 1; x = 3")
	fmt.Println(g.Value("y").Data, g.Value("z"), err)
	// Output: 7 <nil> <nil>
}

func ExampleGraph_String() {
	g, err := formula.Read("y = relu(w*x_1) - .5; input x_1 = 3e0; w=-2")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(g)
	// Output:
	// input x_1 = 3
	// w = −2
	// y = ReLU(w·x_1) − 0.5
}

func ExampleError() {
	_, err := formula.Read("y = 2x + ; x = 3")
	var e *formula.Error
	if errors.As(err, &e) {
		fmt.Printf("line %d, column %d: %s\n", e.Line, e.Column, e.Message)
	}
	// Output: line 1, column 10: the formula ends where a number, a name or a bracket was expected
}

func ExampleError_Error() {
	_, err := formula.Read("y = 1/2x; x = 3")
	fmt.Println(err.Error())
	// Output:
	// formula: line 1, column 6: a/bc may be (a/b)·c or a/(b·c); want brackets, or a sign between b and c
	// 	y = 1/2x; x = 3
	// 	     ^
}
