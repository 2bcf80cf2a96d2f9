package replay_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A sample is a random graph of two outputs, and the leaves that it may be recorded with. What is
// neither an input nor a parameter is a constant.
type sample struct {
	inputs, params []*gradus.Value
	out, other     *gradus.Value
	wild           bool // numbers may be of any size
	inputGrads     bool // the gradients of the inputs are wanted
}

// recorder returns a recorder that has the sample's leaves.
func (s *sample) recorder() replay.Recorder {
	return replay.Recorder{Inputs: s.inputs, Params: s.params, InputGrads: s.inputGrads}
}

// leaves returns n leaves with random numbers.
func leaves(rng *rand.Rand, n int) []*gradus.Value {
	x := make([]float64, n)
	for i := range x {
		x[i] = math.Round(rng.NormFloat64()*1e4) / 1e4
	}
	return gradus.Values(x)
}

// constants is leaves for constants.
func constants(rng *rand.Rand, n int) []*gradus.Value {
	x := leaves(rng, n)
	for i := range x {
		x[i] = gradus.Const(x[i].Data)
	}
	return x
}

// A grower makes a random graph grow.
type grower struct {
	*rand.Rand
	wild    bool              // numbers may be of any size
	pool    []*gradus.Value   // the operands, as they lie in memory: parameters, constants, inputs, results
	borders []int             // where in the pool parameters, constants, inputs and results begin
	weights []*gradus.Value   // constants and then parameters that are factors in sums and nothing else
	fixed   int               // how many of the weights are constants
	matrix  [][]*gradus.Value // the rows that the last layer had side by side
	indexes []*gradus.Value   // inputs that pick rows of tables
	first   []*gradus.Value   // what an output uses first
	want    form              // the graph should have this form
	wanted  *gradus.Op        // an op with instructions of this form, or nil
}

// newSample builds a random graph of about size steps, wild or tame.
func newSample(seed uint64, size int, wild bool) *sample {
	return newSampleFor(form{}, seed, size, wild)
}

// newSampleFor is newSample for a graph that is more likely than others to have a form.
func newSampleFor(want form, seed uint64, size int, wild bool) *sample {
	g := &grower{Rand: rand.New(rand.NewPCG(seed, 1)), wild: wild, want: want}
	for _, op := range gradus.Ops() {
		if want.code == "op "+op.Name() || want.code == codeName(machine.CodeOf(op)) {
			g.wanted = op
		}
	}
	s := &sample{wild: wild}
	s.inputs, s.params = leaves(g.Rand, 1+g.IntN(6)+g.IntN(3)/2*16), leaves(g.Rand, 2+g.IntN(40))
	s.inputGrads = g.IntN(2) == 0
	for _, list := range [][]*gradus.Value{s.params, constants(g.Rand, 1+g.IntN(24)), s.inputs} {
		g.borders = append(g.borders, len(g.pool))
		g.pool = append(g.pool, list...)
	}
	g.borders = append(g.borders, len(g.pool))
	weights := leaves(g.Rand, g.IntN(150))
	s.params = append(s.params, weights...)
	if g.IntN(2) == 0 {
		g.indexes = gradus.Values([]float64{g.index(), g.index()})
		s.inputs = append(g.indexes[:2:2], s.inputs...) // so that the others lie beside what is computed
	}
	if g.IntN(2) == 0 {
		g.fresh(1 + g.IntN(24))
	}
	g.fixed = g.IntN(30)
	g.weights = append(constants(g.Rand, g.fixed), weights...)
	steps := g.steps()
	for range size {
		steps[g.IntN(len(steps))]()
	}
	if g.IntN(8) == 0 {
		s.params = append(s.params, g.longProduct()...)
	}
	s.out, s.other = g.output(), g.output()
	return s
}

// steps returns the methods that add nodes, those that come more often several times: all, or those whose
// instructions have the opcode of the form that is wanted.
func (g *grower) steps() []func() {
	switch g.want.code {
	case "dense", "pack":
		return []func(){g.layer, g.layer, g.each, g.each, g.transposed, g.unrolled, g.windows}
	case "softmax", "rows of logsumexp", "rows of softmaxcrossentropy":
		return []func(){g.rows}
	case "norm":
		return []func(){g.norm}
	case "table":
		return []func(){g.layer, g.table, g.table}
	case "total":
		return []func(){g.sum}
	case "muladd":
		return []func(){g.elements, g.chain, g.many}
	}
	if g.wanted != nil {
		return []func(){g.function, g.elements, g.chain, g.many, g.multiples}
	}
	return []func(){
		g.layer, g.layer, g.sum, g.sum, g.function, g.elements, g.elements, g.elements, g.chain, g.chain,
		g.transposed, g.products, g.multiples, g.multiples, g.rows, g.norm, g.many, g.many,
		g.many, g.many, g.many, g.many, g.windows,
		g.unrolled, g.table, g.table, g.each, g.each,
	}
}

// output returns a node that depends on the last result and on stretches of the others.
func (g *grower) output() *gradus.Value {
	used := append(slices.Clip(g.first), g.pool[len(g.pool)-1])
	use, length := g.IntN(2) == 0, []int{8, 64, 64}[g.IntN(3)]
	for _, v := range g.pool[g.borders[len(g.borders)-1]:] {
		if g.IntN(length) == 0 {
			use = !use
		}
		if use {
			used = append(used, v)
		}
	}
	z := gradus.Mean(used...)
	for range 3 {
		z = z.Add(g.one().Mul(g.one()))
	}
	return z
}

// keep adds z to the pool, or a function of x in its place if z is too large, so that graphs stay
// finite.
func (g *grower) keep(z, x *gradus.Value) *gradus.Value {
	if !g.wild && !(math.Abs(z.Data) < 100) {
		z = x.Tanh()
	}
	g.pool = append(g.pool, z)
	return z
}

// one returns any node.
func (g *grower) one() *gradus.Value { return g.pool[g.IntN(len(g.pool))] }

// from returns n nodes of a list: n that lie side by side, or at a distance from one another, one
// for all, or any.
func (g *grower) from(list []*gradus.Value, n int) []*gradus.Value {
	step, at := []int{1, 1, 1, 0, 2, -1}[g.IntN(6)], g.IntN(len(list))
	end := at + step*(n-1)
	anywhere := g.IntN(4) == 0 || end < 0 || end >= len(list)
	x := make([]*gradus.Value, n)
	for i := range x {
		if anywhere {
			x[i] = list[g.IntN(len(list))]
		} else {
			x[i] = list[at+step*i]
		}
	}
	return x
}

// some returns n nodes: from anywhere, all of one kind, or of two kinds that lie side by side.
func (g *grower) some(n int) []*gradus.Value {
	kind := min(g.IntN(5), 3)
	if _, want, _ := strings.Cut(g.want.what, ": "); len(want) == 1 && g.IntN(2) == 0 {
		kind = strings.Index("wcxt", want)
	}
	list := g.kind(kind)
	switch g.IntN(4) {
	case 0:
		if x := g.around(g.pool, g.borders[kind]+len(list), n); x != nil {
			return x
		}
	case 1, 2:
		if len(list) > 0 {
			return g.from(list, n)
		}
	}
	return g.from(g.pool, n)
}

// around returns n nodes of a list that lie side by side, on both sides of a border, or nil if
// there are too few.
func (g *grower) around(list []*gradus.Value, border, n int) []*gradus.Value {
	start := max(border-1-g.IntN(n+1), 0)
	if start+n > len(list) {
		return nil
	}
	return slices.Clone(list[start:][:n])
}

// someOrOne returns n nodes, among them often such as lie on both sides of a border, or one of them n times.
func (g *grower) someOrOne(n int) []*gradus.Value {
	border := strings.HasSuffix(g.want.what, severalKinds) && g.IntN(2) == 0
	switch k := g.IntN(6); {
	case !border && k < 2:
		return slices.Repeat(g.some(1), n)
	case border || k == 2:
		if x := g.around(g.pool, g.borders[[]int{1, 2, 3, 3}[g.IntN(4)]], n); x != nil {
			return x
		}
	}
	return g.some(n)
}

// anyArity is not the arity of any op.
const anyArity = -2

// beside returns n nodes that lie side by side in memory: parameters, constants, inputs or results.
func (g *grower) beside(n int) []*gradus.Value {
	if list := g.kind(g.IntN(len(g.borders))); len(list) >= n && g.IntN(4) > 0 {
		return slices.Clone(list[g.IntN(len(list)-n+1):][:n])
	}
	return g.fresh(n)
}

// fresh adds n results and returns them. They lie side by side in memory: their operands are in order, and an
// output uses all of them before it uses what is computed of one.
func (g *grower) fresh(n int) []*gradus.Value {
	list, x := g.kind(2*g.IntN(2)), make([]*gradus.Value, n) // parameters or inputs
	for i := range x {
		v := list[i*len(list)/n]
		x[i] = g.keep(v.Mul(1-float64(i)/64), v) // no two are equal, where functions have kinks
	}
	g.first = append(g.first, gradus.Mean(x...))
	return x
}

// kind returns the nodes of a kind: parameters, constants, inputs or results.
func (g *grower) kind(k int) []*gradus.Value {
	ends := append(slices.Clone(g.borders[1:]), len(g.pool))
	return g.pool[g.borders[k]:ends[k]]
}

// op returns an op of an arity: that of the form that is wanted or, in half of the cases, one that has an
// opcode of its own.
func (g *grower) op(arity int) *gradus.Op {
	if g.wanted != nil && (arity == anyArity || arity == g.wanted.Arity()) {
		return g.wanted
	}
	own := g.IntN(2) == 0
	for all := gradus.Ops(); ; {
		op := all[g.IntN(len(all))]
		code := machine.CodeOf(op)
		if generic := code == machine.Unary || code == machine.Binary || code == machine.Nary; own && generic {
			continue
		}
		if arity == anyArity || arity == op.Arity() {
			return op
		}
	}
}

// row returns n factors of a sum of products.
func (g *grower) row(n int) []*gradus.Value {
	if len(g.weights) == 0 || g.IntN(3) == 0 {
		return g.some(n)
	}
	if g.IntN(2) == 0 {
		if x := g.around(g.weights, g.fixed, n); x != nil {
			return x
		}
	}
	return g.from(g.weights, n)
}

// affine writes Σ w·x + b in one of the ways in which people write it.
func (g *grower) affine(w, x []*gradus.Value, b *gradus.Value) *gradus.Value {
	return graphs.Writers[graphs.WriterNames[g.IntN(len(graphs.Writers))]](w, x, b)
}

// several returns lists like x: stretches of the pool at the same distance from each other, or x and any.
func (g *grower) several(x []*gradus.Value, times int) [][]*gradus.Value {
	lists := [][]*gradus.Value{x}
	distance := []int{1, len(x), len(x) + 1}[g.IntN(3)]
	last := len(g.pool) - (times-1)*distance - len(x)
	if times == 1 || last < 0 || g.IntN(4) == 0 {
		for len(lists) < times {
			lists = append(lists, g.some(len(x)))
		}
		return lists
	}
	start := g.IntN(last + 1)
	if b := g.borders[g.IntN(len(g.borders))]; b <= last {
		start = b
	}
	lists = lists[:0]
	for len(lists) < times {
		lists = append(lists, slices.Clone(g.pool[start+len(lists)*distance:][:len(x)]))
	}
	return lists
}

// layer adds neurons: sums of products with the same x, their rows mostly those of a matrix, and
// with no addend, one or several. It may add the same neurons for several x.
func (g *grower) layer() {
	x, rows := g.some(1+g.IntN(5)), 1+g.IntN(5)
	if g.IntN(4) == 0 {
		x = slices.Concat(x, g.some(6), g.some(6))
	}
	list := g.weights
	if g.IntN(4) == 0 {
		list = g.pool
	}
	at, lda := g.IntN(len(list)+1)*min(g.IntN(4), 1), len(x)+g.IntN(4)/3
	act, plain := g.op(1), g.IntN(4) == 0
	g.matrix = g.matrix[:0]
	var w [][]*gradus.Value
	for r := range rows {
		w = append(w, g.row(len(x)))
		if start := at + r*lda; start+len(x) <= len(list) {
			w[r] = list[start:][:len(x)]
			g.matrix = append(g.matrix, w[r])
		}
	}
	vectors := g.several(x, 1+g.IntN(3)*g.IntN(3))
	addends := make([][][]*gradus.Value, []int{0, 1, 1, 1, 2, 3}[g.IntN(6)]) // of each, a list for each vector
	for i := range addends {
		addends[i] = g.addends(rows, len(vectors))
	}
	for k, x := range vectors {
		for r := range rows {
			var y *gradus.Value
			if len(addends) == 0 {
				y = gradus.Dot(w[r], x)
			} else {
				y = g.affine(w[r], x, addends[0][k][r])
				for _, b := range addends[1:] {
					y = y.Add(b[k][r])
				}
			}
			if plain {
				g.keep(y, x[0])
			} else {
				g.keep(act.Apply(y), y)
			}
		}
	}
}

// addends returns a list of n addends for each of several vectors: the same for all vectors or others for
// each, and any or one n times.
func (g *grower) addends(n, vectors int) [][]*gradus.Value {
	times := 1
	if g.IntN(3) == 0 {
		n, times = 1, n
	}
	b := g.someOrOne(n)
	lists := slices.Repeat([][]*gradus.Value{b}, vectors)
	if g.IntN(2) == 0 {
		lists = g.several(b, vectors)
	}
	for k, list := range lists {
		lists[k] = slices.Repeat(list, times)
	}
	return lists
}

// transposed adds sums of products with the columns of the matrix of the last layer, for one x or several.
func (g *grower) transposed() {
	if len(g.matrix) == 0 {
		return
	}
	for _, x := range g.several(g.some(len(g.matrix)), 1+g.IntN(4)) {
		for r := range g.matrix[0] {
			w := make([]*gradus.Value, len(x))
			for j, row := range g.matrix {
				w[j] = row[r]
			}
			g.keep(gradus.Dot(w, x).Add(g.pool[r]), x[0])
		}
	}
}

// multiples adds the products of one node and each of many nodes, or of one product and the next.
func (g *grower) multiples() {
	a, own, n := g.one(), g.IntN(4) == 0, 16+g.IntN(4)
	x := g.some(n)
	if g.IntN(2) == 0 {
		x = g.beside(n)
	}
	for i := range x {
		if own && i > 0 {
			x[i] = g.pool[len(g.pool)-1]
		}
		g.keep(a.Mul(x[i]), x[i])
	}
}

// many adds a function of each of many nodes that lie side by side, so that a kernel computes it, or a
// product and an addend.
func (g *grower) many() {
	n, muladds := 12+g.IntN(4), g.want.code == "muladd" || g.IntN(2) == 0
	operand := func() []*gradus.Value {
		if g.IntN(3) == 0 {
			return slices.Repeat(g.some(1), n)
		}
		return g.beside(n)
	}
	x, y, c := operand(), operand(), operand()
	op := opOf(vectorCodes[g.IntN(len(vectorCodes))])
	if g.wanted != nil && slices.Contains(vectorCodes, machine.CodeOf(g.wanted)) {
		op, muladds = g.wanted, false
	}
	for i := range n {
		if muladds {
			g.keep(x[i].Mul(y[i]).Add(c[i]), x[i])
			continue
		}
		g.keep(op.Apply([]*gradus.Value{x[i], y[i], c[i]}[:op.Arity()]...), x[i])
	}
}

// windows adds what a long filter computes as it moves along new nodes, of which there are a few more than it
// has weights.
func (g *grower) windows() {
	if len(g.weights) < longRun {
		return
	}
	x, w := g.beside(longRun+1+g.IntN(3)), g.weights[len(g.weights)-longRun:]
	for ; len(x) >= len(w); x = x[1:] {
		g.keep(gradus.Dot(w, x[:len(w)]), x[0])
	}
}

// unrolled adds the steps of a network with the same weights at each, or their transpose.
func (g *grower) unrolled() {
	n := 6 + g.IntN(2)
	if len(g.weights) < n*n {
		return
	}
	at, down, right := g.IntN(len(g.weights)-n*n+1), n, 1
	if g.IntN(3) == 0 {
		down, right = 1, n
	}
	h := g.some(n)
	for range 4 + g.IntN(4) {
		next := make([]*gradus.Value, n)
		for r := range next {
			w := make([]*gradus.Value, n)
			for j := range w {
				w[j] = g.weights[at+r*down+j*right]
			}
			next[r] = g.keep(gradus.Dot(w, h).Tanh(), h[r])
		}
		h = next
	}
}

// index returns a number that picks a row of most tables or, if numbers may be of any size, perhaps none.
func (g *grower) index() float64 {
	i := float64(g.IntN(3))
	if g.wild && g.IntN(3) == 0 {
		return []float64{-1, 3, 0.5, 1e300, math.Inf(-1), math.NaN()}[g.IntN(6)]
	}
	return i + 0.8*(g.Float64()-0.5)
}

// table adds the rows of a table, column by column, that one or two nodes pick. Its rows lie side by side,
// with gaps, or over each other, its columns are rows, its last row has results of its own, or it lies
// anywhere.
func (g *grower) table() {
	rows, columns, list := 1+g.IntN(4), 1+g.IntN(4), &g.pool
	if g.IntN(2) == 0 {
		list = &g.weights
	}
	down, right := columns+g.IntN(3)/2, 1
	switch g.IntN(6) {
	case 0:
		down, right = 1, rows
	case 1:
		down, right = g.IntN(2), 1
	}
	base, anywhere := g.IntN(len(*list)+1), g.IntN(6) == 0
	switch {
	case g.IntN(4) == 0 && len(g.matrix) > 0:
		base, rows, columns = -1, len(g.matrix), len(g.matrix[0])
	case g.IntN(4) == 0:
		list, base = &g.pool, max(len(g.pool)-1-(rows-1)*down, 0)
	}
	for range 1 + g.IntN(2) {
		index := g.one()
		if len(g.indexes) > 0 && g.IntN(4) > 0 {
			index = g.indexes[g.IntN(2)]
		}
		for j := range columns {
			x := g.some(rows)
			for r := range rows {
				if at := base + r*down + j*right; base < 0 {
					x[r] = g.matrix[r][j]
				} else if at < len(*list) && !anywhere {
					x[r] = (*list)[at]
				}
			}
			g.keep(gradus.Pick(index, x...), x[0])
		}
	}
}

// products adds a sum of products of three factors, of which many have one in common. In half of the cases
// a multiple of another node is added to each product of two factors.
func (g *grower) products() {
	a, x := g.some(1+g.IntN(4)), g.some(1+g.IntN(4))
	rows, z := g.row(len(a)*len(x)), []*gradus.Value{}
	b, y, add := g.one(), g.row(len(a)*len(x)), g.IntN(2) == 0
	for i := range a {
		for j := range x {
			z = append(z, a[i].Mul(x[j]))
			if k := len(z) - 1; add {
				z[k] = z[k].Add(b.Mul(y[k]))
			}
		}
	}
	g.Shuffle(len(z), func(i, j int) { z[i], z[j] = z[j], z[i] })
	if g.IntN(4) == 0 { // something else uses one of the products
		g.keep(z[0], a[0])
	}
	g.keep(gradus.Dot(z, rows), a[0])
}

// norm adds nodes divided by the root of their mean square, or their root mean square.
func (g *grower) norm() {
	n, rows, centered, divides := 1+g.IntN(5)+g.IntN(3)/2*8, 1+g.IntN(3), g.IntN(2) == 0, g.IntN(4) == 0
	gain, bias := g.some(n), g.some(n)
	with, mean, matrix := g.IntN(4), g.IntN(3), g.beside(rows*(n+1))
	for r := range rows {
		d := g.some(n)
		if g.IntN(4) > 0 { // the rows of a matrix
			d = slices.Clone(matrix[r*(n+mean%2):][:n])
		}
		if centered {
			mean := gradus.Mean(d...)
			for i, x := range d {
				d[i] = x.Sub(mean)
			}
		}
		square := gradus.Dot(d, d).Mul(1 / float64(n))
		switch mean {
		case 1:
			square = gradus.Dot(d, d).Div(n)
		case 2:
			var squares []*gradus.Value
			for _, v := range d {
				squares = append(squares, v.Square())
			}
			square = gradus.Mean(squares...)
		}
		square = square.Add(0.25)
		if g.IntN(8) == 0 {
			g.keep(square.Pow(0.5), d[0])
			continue
		}
		root := square.Sqrt()
		scale := square.Pow(-0.5)
		for i, v := range d {
			z := v.Mul(scale)
			if divides {
				z = v.Div(root)
			}
			if with > 0 {
				z = z.Mul(gain[i])
			}
			if with > 1 {
				z = z.Add(bias[i])
			}
			g.keep(z, v)
		}
	}
}

// each adds products of several matrices of the same size, each with a vector of its own. The matrices are in
// the pool, side by side, apart or over each other, and so are the vectors, or all are one. They are the rows
// of the matrices, their columns, or multiples of them. There may be an addend.
func (g *grower) each() {
	n, rows, count, transposed := 4*(1+g.IntN(3)/2), 1+g.IntN(3), 2+g.IntN(2), g.IntN(2) == 0
	length, results := n, rows
	if transposed {
		length, results = rows, n
	}
	step := []int{1, n * rows, n*rows + 1}[g.IntN(3)]
	ldx := []int{0, 1, length, length + 1}[g.IntN(4)]
	m, x := g.beside(n*rows+(count-1)*step), g.beside(length+(count-1)*ldx)
	c, cs, ck, add := g.pool, g.IntN(2), g.IntN(2), g.IntN(4) > 0
	for k := range count {
		for i := range results {
			var w, v []*gradus.Value
			for j := range length {
				place := k*step + i*n + j
				if transposed {
					place = k*step + j*n + i
				}
				w, v = append(w, m[place]), append(v, x[k*ldx+j])
			}
			z := gradus.Dot(w, v)
			if len(w) == 1 {
				z = w[0].Mul(v[0])
			}
			if add {
				z = z.Add(c[(k*ck*results+i*cs)%len(c)])
			}
			g.keep(z, v[0])
		}
	}
}

// rows adds the softmax, LogSumExp or SoftmaxCrossEntropy of several rows of nodes, a softmax in one of the
// ways in which people write it.
func (g *grower) rows() {
	n, rows, kind := 1+g.IntN(5), 1+g.IntN(3), g.IntN(5)
	if g.want.code == "rows of softmaxcrossentropy" {
		kind = 4
	}
	x := make([][]*gradus.Value, rows)
	for r := range x {
		x[r] = g.some(n)
	}
	if g.IntN(2) == 0 { // the rows of a matrix
		matrix := g.beside(rows * (n + 1))
		for r := range x {
			x[r] = matrix[r*(n+kind%2):][:n]
		}
	}
	step := []int{0, n, n + 1}[g.IntN(3)]
	probabilities := g.beside((rows-1)*step + n)
	for r, x := range x {
		var z []*gradus.Value
		switch kind {
		case 0, 1:
			z = []*gradus.Value{gradus.LogSumExp(x...)}
		case 2:
			z = gradus.Softmax(x...)
		case 4:
			z = []*gradus.Value{gradus.SoftmaxCrossEntropy(x, probabilities[r*step:][:n])}
		default:
			for _, v := range x {
				z = append(z, v.Tanh().Exp())
			}
			sum := graphs.Tree(z)
			for i, e := range z {
				z[i] = e.Div(sum)
			}
		}
		for i := range z {
			g.keep(z[i], x[0])
		}
	}
}

// sum adds a sum of products of any two nodes, or of nodes alone.
func (g *grower) sum() {
	if g.IntN(3) == 0 {
		x := g.some([]int{0, 1, 3 + g.IntN(20)}[min(g.IntN(24), 2)])
		g.keep(gradus.Sum(x...), g.pool[0])
		return
	}
	n := 1 + g.IntN(6)
	w, x := g.row(n), g.some(n)
	switch g.IntN(3) {
	case 0:
		g.keep(gradus.Dot(x, w), x[0])
		if g.IntN(2) == 0 { // then x is not among the factors that nothing else uses
			g.keep(gradus.Mean(x...), x[0])
		}
	case 1:
		g.keep(g.affine(x, w, g.one()), x[0])
	default:
		g.keep(g.affine(w, x, g.one()), x[0])
	}
}

// function adds a single function.
func (g *grower) function() {
	op := g.op(anyArity)
	n := op.Arity()
	switch {
	case op.Name() == "dot" || op.Name() == "softmaxcrossentropy":
		n = 2 * g.IntN(3)
	case op.Name() == "sum":
		n = g.IntN(4)
	case n < 0:
		n = 1 + g.IntN(4)
	}
	g.keep(op.Apply(g.some(n)...), g.pool[0])
}

// elements adds a function of each of several nodes, or a product of two and an addend or another product.
func (g *grower) elements() {
	n := 2 + g.IntN(4)
	x, y, c := g.someOrOne(n), g.someOrOne(n), g.someOrOne(n)
	op, kind := g.op(1+g.IntN(5)/2), g.IntN(5)
	if g.wanted != nil && g.wanted.Arity() > 0 {
		op, kind = g.wanted, 2
	} else if g.want.code == "muladd" {
		kind = g.IntN(2)
	}
	for i := range n {
		switch {
		case kind == 0:
			g.keep(x[i].Mul(y[i]).Add(c[i]), x[i])
		case kind == 1:
			g.keep(x[i].Mul(y[i]).Add(c[i].Mul(g.pool[i])), x[i])
		case op.Arity() == 1:
			g.keep(op.Apply(x[i]), x[i])
		default:
			g.keep(op.Apply([]*gradus.Value{x[i], y[i], c[i]}[:op.Arity()]...), x[i])
		}
	}
}

// chain adds a function of two numbers, of the result before and of another node, several times, or
// a product and an addend, one of which is the result before.
func (g *grower) chain() {
	n := 2 + g.IntN(4)
	x, y := g.someOrOne(n), g.someOrOne(n)
	z, op, kind := g.one(), g.op(2), g.IntN(6)
	if g.want.code == "muladd" {
		kind = g.IntN(3)
	}
	for i := range n {
		switch kind {
		case 0:
			z = x[i].Mul(y[i]).Add(z)
		case 1:
			z = x[i].Mul(z).Add(y[i])
		case 2:
			z = x[i].Mul(z).Add(z)
		case 3:
			z = op.Apply(x[i], z)
		default:
			z = op.Apply(z, x[i])
		}
		z = g.keep(z, x[i])
	}
}

// longProduct adds a product of many factors, which it returns.
func (g *grower) longProduct() []*gradus.Value {
	w := graphs.Values(64 + g.IntN(20))
	z := g.one()
	for _, v := range w {
		v.Data = 1 + v.Data/8
		z = z.Mul(v)
	}
	g.pool = append(g.pool, z)
	return w
}
