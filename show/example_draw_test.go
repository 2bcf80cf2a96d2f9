package show_test

import (
	"bytes"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// The constant 2 has no name, and so it appears only in the formula of y.
func ExampleDOT() {
	x := gradus.New(3).As("x")
	y := x.Mul(2).As("y")
	y.Backward()
	fmt.Print(show.DOT(y, show.FoldNames))
	// Output:
	// digraph gradus {
	// 	label="Graph of y: 3 nodes, folded into 2"; rankdir=LR; bgcolor=white
	// 	node [fontname=monospace, fontsize=11]
	// 	n0 [label="x\ndata 3\ngrad 2",
	// 		id=n0, class=leaf, shape=box, style="filled,rounded", fillcolor="#d6eaf8", color="#0072b2"]
	// 	n2 [label="y\n= 2x\ndata 6\ngrad 1",
	// 		id=n2, class=root, shape=box, peripheries=2, style="filled", fillcolor="#ccece3", color="#009e73"]
	// 	n0 -> n2 [id="n0-n2"]
	// }
}

// Before Backward there is no gradient to show, and the picture says so.
func ExampleMermaid() {
	x := gradus.New(3).As("x")
	y := x.Square().As("y")
	fmt.Print(show.Mermaid(y, show.FoldNothing))
	// Output:
	// %% Graph of y: 2 nodes
	// flowchart LR
	// 	n0("x<br>data 3<br>no grad yet"):::leaf
	// 	class n0 nograd
	// 	n1[["y<br>square<br>data 9<br>no grad yet"]]:::root
	// 	class n1 nograd
	// 	n0 --> n1
	// 	classDef leaf fill:#d6eaf8,stroke:#0072b2,color:#1a1a1a
	// 	classDef const fill:#f2f2f2,stroke:#595959,color:#1a1a1a
	// 	classDef op fill:#fdebc8,stroke:#d55e00,color:#1a1a1a
	// 	classDef root fill:#ccece3,stroke:#009e73,color:#1a1a1a
	// 	classDef nograd stroke-dasharray:5 3
	// 	classDef block stroke-width:4px
}

// a is an operand of a·a twice, so that two edges lead from one node to the other.
func ExampleSVG() {
	a := gradus.New(3).As("a")
	svg := show.SVG(a.Mul(a).As("L"), show.FoldNothing)
	fmt.Println(bytes.Count(svg, []byte(`class="node`)), "nodes")
	fmt.Println(bytes.Count(svg, []byte(`class="edge`)), "edges")
	// Output:
	// 2 nodes
	// 2 edges
}

// A hundred weights are one block, with the range of their data and the steepest gradient.
func ExampleFold() {
	x := make([]float64, 100)
	for i := range x {
		x[i] = float64(i) / 100
	}
	w := gradus.Values(x)
	for i := range w {
		w[i].As(fmt.Sprintf("w[%d]", i))
	}
	L := gradus.Dot(w, w).As("L") // the sum of squares, with gradient 2w
	L.Backward()
	fmt.Print(show.Mermaid(L, show.FoldAuto)[:142])
	// Output:
	// %% Graph of L: 101 nodes, folded into 2
	// flowchart LR
	// 	n0("w[#35;]<br>100 values<br>data 0 … 0.99<br>max |grad| 1.98"):::leaf
	// 	class n0 block
}
