package gradus_test

import (
	"bytes"
	"math"
	"testing"

	"gonum.org/v1/gonum/num/dual"

	"github.com/gradus-go/gradus"
)

// A move is a function that a random program may apply, in both of two independent
// implementations: as nodes of a graph, and with dual numbers in forward mode.
type move struct {
	arity int // 0 for any number
	// ok tells where the function is smooth, or exactly as steep on either side as the dual
	// numbers say, and neither overflows nor underflows. It is true where nil.
	ok    func(x []float64) bool
	graph func(x []*gradus.Value) *gradus.Value
	dual  func(x []dual.Number) dual.Number
}

// within returns a domain: all operands in [lo, hi].
func within(lo, hi float64) func([]float64) bool {
	return func(x []float64) bool {
		for _, v := range x {
			if !(lo <= v && v <= hi) {
				return false
			}
		}
		return true
	}
}

func unaryMove(f func(*gradus.Value) *gradus.Value, d func(dual.Number) dual.Number,
	ok func([]float64) bool,
) move {
	return move{
		1, ok, func(x []*gradus.Value) *gradus.Value { return f(x[0]) },
		func(x []dual.Number) dual.Number { return d(x[0]) },
	}
}

func binaryMove(f func(v *gradus.Value, w any) *gradus.Value, d func(x, y dual.Number) dual.Number,
	ok func([]float64) bool,
) move {
	return move{
		2, ok, func(x []*gradus.Value) *gradus.Value { return f(x[0], x[1]) },
		func(x []dual.Number) dual.Number { return d(x[0], x[1]) },
	}
}

func naryMove(f func(x ...*gradus.Value) *gradus.Value, d func(x []dual.Number) dual.Number) move {
	return move{0, within(-30, 30), func(x []*gradus.Value) *gradus.Value { return f(x...) }, d}
}

var one = dual.Number{Real: 1}

// sine is what a program applies where a move is not ok: it is so everywhere.
var sine = unaryMove((*gradus.Value).Sin, dual.Sin, nil)

var moves = []move{
	binaryMove((*gradus.Value).Add, dual.Add, nil),
	binaryMove((*gradus.Value).Sub, dual.Sub, nil),
	binaryMove((*gradus.Value).Mul, dual.Mul, nil),
	binaryMove((*gradus.Value).Div,
		func(x, y dual.Number) dual.Number { return dual.Mul(x, dual.Inv(y)) },
		func(x []float64) bool { return math.Abs(x[1]) > 0.01 }),
	binaryMove((*gradus.Value).Pow, dual.Pow,
		func(x []float64) bool { return 0.01 < x[0] && x[0] < 100 && math.Abs(x[1]) < 4 }),
	unaryMove((*gradus.Value).Neg, func(x dual.Number) dual.Number { return dual.Scale(-1, x) }, nil),
	unaryMove((*gradus.Value).Square, func(x dual.Number) dual.Number { return dual.Mul(x, x) }, nil),
	unaryMove((*gradus.Value).Sqrt, dual.Sqrt, within(0.01, 1e3)),
	unaryMove((*gradus.Value).Exp, dual.Exp, within(-10, 10)),
	unaryMove((*gradus.Value).Log, dual.Log, within(0.01, 1e3)),
	sine,
	unaryMove((*gradus.Value).Cos, dual.Cos, nil),
	unaryMove((*gradus.Value).Tan, dual.Tan, func(x []float64) bool { return math.Abs(math.Cos(x[0])) > 0.1 }),
	unaryMove((*gradus.Value).Tanh, dual.Tanh, within(-30, 30)),
	unaryMove((*gradus.Value).Sigmoid, func(x dual.Number) dual.Number {
		return dual.Inv(dual.Add(one, dual.Exp(dual.Scale(-1, x))))
	}, within(-30, 30)),
	unaryMove((*gradus.Value).Softplus, func(x dual.Number) dual.Number {
		return dual.Log(dual.Add(one, dual.Exp(x)))
	}, within(-30, 30)),
	unaryMove((*gradus.Value).ReLU, func(x dual.Number) dual.Number {
		return dual.Scale(slope(x.Real > 0, 0), x)
	}, nil),
	unaryMove((*gradus.Value).LeakyReLU, func(x dual.Number) dual.Number {
		return dual.Scale(slope(x.Real > 0, 0.01), x)
	}, nil),
	unaryMove((*gradus.Value).Abs, func(x dual.Number) dual.Number {
		if x.Real == 0 {
			return dual.Number{}
		}
		return dual.Abs(x)
	}, nil),
	binaryMove((*gradus.Value).Max, func(x, y dual.Number) dual.Number { return dualMax(1, x, y) }, nil),
	binaryMove((*gradus.Value).Min, func(x, y dual.Number) dual.Number { return dualMax(-1, x, y) }, nil),
	naryMove(gradus.Sum, dualSum),
	naryMove(gradus.Mean, dualMean),
	naryMove(gradus.LogSumExp, func(x []dual.Number) dual.Number {
		e := make([]dual.Number, len(x))
		for i := range x {
			e[i] = dual.Exp(x[i])
		}
		return dual.Log(dualSum(e))
	}),
	naryMove(func(x ...*gradus.Value) *gradus.Value { // every operand but the first is in both
		return gradus.Dot(x[1:], x[:len(x)-1])
	}, func(x []dual.Number) dual.Number {
		var z dual.Number
		for i := range x[1:] {
			z = dual.Add(z, dual.Mul(x[i+1], x[i]))
		}
		return z
	}),
	unaryMove((*gradus.Value).Log1p, func(x dual.Number) dual.Number {
		return dual.Log(dual.Add(one, x))
	}, within(-0.9, 1e3)),
	unaryMove((*gradus.Value).Expm1, func(x dual.Number) dual.Number {
		return dual.Sub(dual.Exp(x), one)
	}, within(-10, 10)),
	unaryMove((*gradus.Value).Asin, dual.Asin, within(-0.9, 0.9)),
	unaryMove((*gradus.Value).Acos, dual.Acos, within(-0.9, 0.9)),
	unaryMove((*gradus.Value).Atan, dual.Atan, nil),
	unaryMove((*gradus.Value).Sinh, dual.Sinh, within(-10, 10)),
	unaryMove((*gradus.Value).Cosh, dual.Cosh, within(-10, 10)),
	unaryMove((*gradus.Value).ELU, func(x dual.Number) dual.Number {
		if x.Real > 0 {
			return x
		}
		return dual.Sub(dual.Exp(x), one)
	}, nil),
	unaryMove((*gradus.Value).SiLU, func(x dual.Number) dual.Number {
		return dual.Mul(x, dual.Inv(dual.Add(one, dual.Exp(dual.Scale(-1, x)))))
	}, within(-30, 30)),
}

func slope(on bool, off float64) float64 {
	if on {
		return 1
	}
	return off
}

// dualMax returns the larger of x and y if sign is 1, the smaller if it is -1, and the
// mean of both where they are equal.
func dualMax(sign float64, x, y dual.Number) dual.Number {
	switch {
	case sign*x.Real > sign*y.Real:
		return x
	case sign*x.Real < sign*y.Real:
		return y
	}
	return dual.Scale(0.5, dual.Add(x, y))
}

func dualSum(x []dual.Number) (z dual.Number) {
	for _, v := range x {
		z = dual.Add(z, v)
	}
	return z
}

func dualMean(x []dual.Number) dual.Number {
	z := dualSum(x)
	n := float64(len(x))
	return dual.Number{Real: z.Real / n, Emag: z.Emag / n}
}

// A program computes a graph from leaves, a step at a time. Any bytes are a program.
type program struct {
	leaves []float64
	steps  [][4]byte // a move, and the nodes that it applies to
}

func newProgram(data []byte) (p program) {
	const maxSteps = 40
	next := func() byte {
		if len(data) == 0 {
			return 0
		}
		b := data[0]
		data = data[1:]
		return b
	}
	for range 1 + next()%4 {
		p.leaves = append(p.leaves, float64(int8(next()))/16)
	}
	for len(data) > 0 && len(p.steps) < maxSteps {
		p.steps = append(p.steps, [4]byte{next(), next(), next(), next()})
	}
	return p
}

// operands returns the move of a step and the positions of its operands among n nodes.
func (p program) operands(step [4]byte, n int) (m move, at []int) {
	m = moves[int(step[0])%len(moves)]
	i, j, k := int(step[1])%n, int(step[2])%n, int(step[3])%n
	return m, map[int][]int{0: {i, j, k, i}, 1: {i}, 2: {i, j}}[m.arity]
}

// graph builds the program's graph, and returns its leaves and all its nodes.
func (p program) graph() (leaves, nodes []*gradus.Value) {
	leaves = gradus.Values(p.leaves)
	return leaves, p.run(leaves, nil)
}

// run builds the program's graph over the given leaves and returns all its nodes, the
// leaves first. After each step it calls also, if there is one.
func (p program) run(leaves []*gradus.Value, also func()) []*gradus.Value {
	nodes := append([]*gradus.Value(nil), leaves...)
	for _, step := range p.steps {
		m, at := p.operands(step, len(nodes))
		x := make([]*gradus.Value, len(at))
		numbers := make([]float64, len(at))
		for i := range at {
			x[i] = nodes[at[i]]
			numbers[i] = x[i].Data
		}
		var z *gradus.Value
		if m.ok == nil || m.ok(numbers) {
			z = m.graph(x)
		}
		if z == nil || !(math.Abs(z.Data) < 1e3) {
			z = sine.graph(x)
		}
		nodes = append(nodes, z)
		if also != nil {
			also()
		}
	}
	return nodes
}

// u is the unit roundoff of float64.
const u = 0x1p-53

// errorBounds bounds, for each Value under root, the rounding error of its Grad by a
// running error analysis of Backward: every sum and product adds its own, and every local
// derivative brings that which local tells of it.
//
// Source: N. Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed., §3.3.
func errorBounds(root *gradus.Value, local func(x, z, dx float64) float64) map[*gradus.Value]float64 {
	order := gradus.Topo(root)
	uses := map[*gradus.Value]float64{}
	for _, v := range order {
		for _, p := range v.Parents() {
			uses[p]++
		}
	}
	size := map[*gradus.Value]float64{root: 1} // Σ over paths of Π |∂|
	bound := map[*gradus.Value]float64{}
	for i := len(order) - 1; i >= 0; i-- {
		v := order[i]
		if v.Op() == nil {
			continue
		}
		dx := partials(v)
		for j, p := range v.Parents() {
			d := math.Abs(dx[j])
			size[p] += size[v] * d
			bound[p] += bound[v]*d + size[v]*(local(p.Data, v.Data, d)+(uses[p]+1)*u*d)
		}
	}
	return bound
}

// addSeeds adds a program for every move, alone and after all others.
func addSeeds(f *testing.F) {
	f.Helper()
	var all []byte
	for i := range moves {
		m := byte(i)
		f.Add([]byte{3, 20, 40, 250, 9, m, 0, 1, 2})
		all = append(all, m, m, 3*m+1, 7*m+2)
		f.Add(append([]byte{3, 20, 40, 250, 9}, all...))
	}
	f.Add([]byte{0, 16, 0, 0, 0, 0, 0, 1, 1, 0}) // b = a + a, c = b + b
	f.Add(bytes.Repeat([]byte{2}, 200))          // products of products
}
