package show_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

func ExampleDerive() {
	z := gradus.New(0.5).As("z")
	a := z.Sigmoid().As("a")
	w := gradus.New(-1).As("w")
	L := w.Mul(a).Square().As("L")
	d, err := show.Derive(L, w, z)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(d)
	// Output:
	// dL/dw = 2w·a² = -0.7749
	// dL/da = 2w²·a = 1.245
	// da/dz = a(1 − a) = 0.235
	// dL/dz = dL/da · da/dz = (1.245)(0.235) = 0.2926
}

// The derivative of a value named dL/dw is called d²L/dw².
func ExampleDerive_second() {
	x, t := gradus.New(2).As("x"), gradus.New(1).As("t")
	w := gradus.New(0.5).As("w")
	a := w.Mul(x).Tanh().As("a")
	L := a.Sub(t).Square().As("L")
	dL := gradus.Gradient(L, w)[0].As("dL/dw") // 2(a − t)(1 − a²)·x
	d, err := show.Derive(dL, w, t)
	if err != nil {
		fmt.Println(err)
	}
	fmt.Print(d)
	// Output:
	// d²L/dw dt = −2x(1 − a²) = -1.68
	// d²L/dw da = −4x(a − t)·a + 2x(1 − a²) = 3.132
	// da/dw = (1 − a²)·x = 0.8399
	// d²L/dw² = d²L/dw da · da/dw = (3.132)(0.8399) = 2.631
}

func ExampleDerivation() {
	x := gradus.New(3).As("x")
	d, _ := show.Derive(x.Square().As("y"))
	fmt.Print(d.String(), d.LaTeX())
	// Output:
	// dy/dx = 2x = 6
	// \begin{align*}
	// \frac{\partial y}{\partial x} &= 2 x = 6
	// \end{align*}
}

// Two paths lead from f to x: their products are added.
func ExampleDerivation_String() {
	x := gradus.New(2).As("x")
	p, q := x.Square().As("p"), x.Neg().As("q")
	d, _ := show.Derive(p.Mul(q).As("f"), x)
	fmt.Print(d)
	// Output:
	// df/dp = q = -2
	// df/dq = p = 4
	// dq/dx = −1
	// dp/dx = 2x = 4
	// df/dx = df/dq · dq/dx
	//       + df/dp · dp/dx
	//       = (4)(-1) + (-2)(4) = -12
}

func ExampleDerivation_LaTeX() {
	x := gradus.New(0).As("x")
	d, _ := show.Derive(x.Sigmoid().As("a"), x)
	fmt.Print(d.LaTeX())
	// Output:
	// \begin{align*}
	// \frac{\partial a}{\partial x} &= a \left(1 - a\right) = 0.25
	// \end{align*}
}

func ExampleDerivation_MathML() {
	x := gradus.New(0.5).As("x")
	d, _ := show.Derive(x.Sin().As("y"), x)
	for line := range strings.Lines(d.MathML()) {
		if strings.Contains(line, "equation") {
			fmt.Print(line) // and then come its two sides
		}
	}
	// Output: <div class="equation" data-of="y" data-by="x">
}

func ExampleComputation() {
	W1, x, b1 := gradus.New(0.5).As("W1"), gradus.New(1).As("x"), gradus.New(0).As("b1")
	a := W1.Mul(x).Add(b1).As("z").Sigmoid().As("a")
	fmt.Print(show.Computation(a))
	// Output:
	// z = W1·x + b1 = 0.5
	// a = σ(z) = 0.6225
}

func ExampleTrace() {
	a := gradus.New(3).As("a")
	fmt.Print(show.Trace(a.Mul(a).As("L")))
	// Output:
	// step  node  gradient  operand  local derivative  contribution  sum
	// 1     L     1         a        a = 3             3             3
	// 2     L     1         a        a = 3             3             6
}

func ExampleSteps() {
	a, b := gradus.New(3).As("a"), gradus.New(4).As("b")
	for _, s := range show.Steps(a.Mul(b).As("L")) {
		fmt.Println(s.Parent().Name(), s.Formula, s.Contribution)
	}
	// Output:
	// a b 4
	// b a 3
}

func ExampleStep() {
	x := gradus.New(2).As("x")
	s := show.Steps(x.Square().As("y"))[0]
	fmt.Printf("∂y/∂x = %s = %v\n", s.Formula, s.Local)
	// Output: ∂y/∂x = 2x = 4
}

func ExampleStep_Parent() {
	a, b := gradus.New(3).As("a"), gradus.New(4).As("b")
	fmt.Println(show.Steps(a.Sub(b))[1].Parent())
	// Output: b = 4
}

func ExampleSave() {
	folder, err := os.MkdirTemp("", "gradus")
	if err != nil {
		fmt.Println(err)
	}
	y := gradus.New(2).As("x").Square().As("y")
	fmt.Println(show.Save(filepath.Join(folder, "square.svg"), y))
	fmt.Println(os.RemoveAll(folder))
	// Output:
	// <nil>
	// <nil>
}

func ExampleCanSave() {
	fmt.Println(show.CanSave("graph.svg"))
	fmt.Println(show.CanSave("graph.gif"))
	// Output:
	// <nil>
	// graph.gif: the ending is ".gif", want one of .dot .mmd .svg .html .tex .txt
}
