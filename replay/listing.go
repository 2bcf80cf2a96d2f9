package replay

import (
	"fmt"
	"strings"
)

// String lists the program, one instruction per line. The inputs are called x, the parameters w,
// the constants c, and what is computed t; t[2:5] is t[2], t[3] and t[4].
//
//	t[0:3] = w[0:6]·x[0:2] + w[6:9]    a matrix-vector product: w is the matrix, row by row
//	t[0:2] = w[0:6]ᵀ·x[0:3] + w[6:8]   the same with the transpose of the matrix w
//	t[0:6] = w[0:6]·[x[0:2] x[2:4]]    one matrix and several vectors, one result after the other
//	t[0:2] = [x[0:4] x[4:8]]·[t[0:4] t[4:8]]   a matrix for each vector; here two dot products
//	t[0:8] = [x[0:4] x[4:8]]ᵀ·[t[0] t[1]]      x[0:4] times t[0], and x[4:8] times t[1]
//	t[3:6] = σ(t[0:3])                 element by element
//	t[6:9] = t[3:6] · c[0]             with the same c[0] for all
//	t[9] = w[0:4]·x[0:4]               a dot product
//	t[0:3] = x[4], x[2], x[0]          copies side by side; of very many places, the first and the last
//	t[1:4] = t[0:3] · x[1:4]           one after the other: t[1] = t[0]·x[1], t[2] = t[1]·x[2], …
//	t[0:6] = softmax(2 rows of x[0:6]) the softmax of x[0:3], and that of x[3:6]
//	t[0:3] = exp(x[0:3])/Σ             the same if the largest number is not subtracted first
//	t[0:3] = norm(x[0:3], Σx²/3)       x[0:3] by the root of its mean square
//	t[0:3] = norm(x[0:3], Σ(x−μ)²/3 + 0.1) · w[0:3] + w[3:6]   less its mean; with gains and biases
//	t[0:2] = softmaxcrossentropy([x[0:4] x[4:8]], [x[8:12] x[12:16]])   of the logits x[0:4], of x[4:8]
//	t[0:2] = pick(x[4], 3 rows of w[0:6]) w[0:2], w[2:4] or w[4:6]: the row of which x[4] is the number
//	t[0:4] = pick([x[4] x[5]], 3 rows of w[0:6])   that row, and the one of which x[5] is the number
func (p *Program) String() string {
	p.mustBeRecorded("String")
	var s strings.Builder
	layout := &p.code.Layout
	fmt.Fprintf(&s, "%s, %s, %s, %s\n",
		count(p.graph.Inputs, "input", "inputs"), count(len(p.params), "parameter", "parameters"),
		count(layout.Constants(), "constant", "constants"), count(len(p.code.Code), "instruction", "instructions"))
	for i := range p.code.Code {
		s.WriteString(p.code.Code[i].Format(layout.Name) + "\n")
	}
	outputs := make([]string, len(p.code.Outputs))
	for k, at := range p.code.Outputs {
		outputs[k] = layout.Name(false, at, 1)
	}
	return s.String() + "return " + strings.Join(outputs, ", ") + "\n"
}

// count writes a number and what it counts.
func count(n int, one, several string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, several)
}
