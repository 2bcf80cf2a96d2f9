package replay_test

import (
	"math"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/elementary"
)

// unit is the unit roundoff of a float64.
const unit = 0x1p-53

// bounds holds, for every node of a graph, how far its number and its gradient may be off in
// an evaluation that adds in another order. It is a running error analysis to first order:
// each sum of n terms is off by at most n·u·Σ|term| in either evaluation, everything else by
// what its operands are off, and a rounding.
//
// Source: N. Higham, Accuracy and Stability of Numerical Algorithms, §3.3 and §4.2.
type bounds struct {
	order       []*gradus.Value
	data, grad  map[*gradus.Value]float64
	terms, size map[*gradus.Value]float64 // of a sum: the number of terms, Σ|term|
	pushed      map[*gradus.Value]float64 // Σ|term| of a gradient
	pushes      map[*gradus.Value]float64 // the number of its terms
	ok          bool
}

// newBounds returns the bounds of a graph that Backward has run on. It reports false where
// they are no bounds: the first order is not all, or a kink is near.
func newBounds(out *gradus.Value) (*bounds, bool) {
	b := &bounds{order: gradus.Topo(out), ok: true}
	for _, m := range []*map[*gradus.Value]float64{&b.data, &b.grad, &b.terms, &b.size, &b.pushed, &b.pushes} {
		*m = map[*gradus.Value]float64{}
	}
	for _, v := range b.order {
		b.forward(v)
	}
	for _, v := range slices.Backward(b.order) {
		b.backward(v)
	}
	return b, b.ok
}

func (b *bounds) of(v *gradus.Value) (data, grad float64) { return b.data[v], b.grad[v] }

// forward finds the bound of a node's number.
func (b *bounds) forward(v *gradus.Value) {
	if v.Op() == nil {
		b.terms[v], b.size[v] = 1, math.Abs(v.Data)
		return
	}
	x := numbers(v.Parents())
	dx := make([]float64, len(x))
	v.Op().Partials(dx, x, v.Data)
	for i, u := range v.Parents() {
		b.data[v] += math.Abs(dx[i]) * b.data[u]
		if kink(v, i, b.data[u]) {
			b.ok = false
		}
	}
	b.terms[v], b.size[v] = 1, math.Abs(v.Data)
	switch v.Op().Name() {
	case "−":
		if u := v.Parents(); u[0] == u[1] { // 0, however far the operand is off
			b.data[v] = 0
		}
	case "shift": // its derivatives are 0 by definition, and its number is off as its operands are
		for _, u := range v.Parents() {
			b.data[v] = max(b.data[v], b.data[u])
		}
	case "softmaxcrossentropy", "sigmoidcrossentropy":
		b.size[v] += magnitude(x)
	case "mean":
		b.terms[v], b.size[v] = float64(len(x)), magnitude(x)/float64(max(len(x), 1))
	case "+", "sum", "dot":
		b.terms[v], b.size[v] = 0, 0
		for i, u := range v.Parents() {
			if v.Op().Name() == "dot" {
				b.terms[v], b.size[v] = b.terms[v]+0.5, b.size[v]+math.Abs(dx[i]*u.Data)/2
			} else {
				b.terms[v], b.size[v] = b.terms[v]+b.terms[u], b.size[v]+b.size[u]
			}
		}
	}
	b.data[v] += 2 * (b.terms[v] + 2) * unit * b.size[v]
	if bad := b.data[v] > 1e-9*(1e-3+math.Abs(v.Data)); bad || math.IsNaN(b.data[v]) {
		b.ok = false
	}
}

// backward finds the bounds of what a node pushes to its operands, and adds them there.
func (b *bounds) backward(v *gradus.Value) {
	if v == b.order[len(b.order)-1] {
		b.pushes[v], b.pushed[v] = 1, 1
	} else {
		b.grad[v] += 2 * b.pushes[v] * unit * b.pushed[v]
	}
	if v.Op() == nil {
		return
	}
	z := gradus.New(v.Data)
	x := gradus.Values(numbers(v.Parents()))
	_, formulas := v.Op().Formula(z, x...)
	for i, u := range v.Parents() {
		d := formulas[i]
		for _, leaf := range append(x, z) {
			leaf.ZeroGrad()
		}
		d.Backward()
		off := math.Abs(z.Grad)*b.data[v] + 4*unit*math.Abs(d.Data)
		switch v.Op().Name() {
		case "logsumexp": // n terms are added
			off += float64(len(x)) * unit * math.Abs(d.Data)
		case "SiLU": // its derivative is σ(x) + z·σ(−x), which cancel where z is least
			off += 4 * unit * (elementary.Sigmoid(x[0].Data) + math.Abs(z.Data)*elementary.Sigmoid(-x[0].Data))
		case "softmaxcrossentropy", "sigmoidcrossentropy": // terms of the size of the operands cancel
			off += float64(len(x)+4) * unit * (1 + magnitude(numbers(v.Parents())))
		}
		for j, w := range v.Parents() {
			off += math.Abs(x[j].Grad) * b.data[w]
		}
		b.grad[u] += off*math.Abs(v.Grad) + math.Abs(d.Data)*b.grad[v] + 2*off*b.grad[v]
		b.pushed[u] += math.Abs(v.Grad * d.Data)
		b.pushes[u]++
		if math.IsNaN(b.grad[u]) || b.grad[u] > 1e-6*(1+b.pushed[u]) {
			b.ok = false
		}
	}
}

// kink reports whether operand i, off by e, may be on the other side of a kink of v's
// function.
func kink(v *gradus.Value, i int, e float64) bool {
	x := v.Parents()
	if e == 0 {
		return false
	}
	switch v.Op().Name() {
	case "ReLU", "abs", "step", "sign", "LeakyReLU(0.01)":
		return e >= math.Abs(x[0].Data)
	case "where":
		return i == 0 && e >= math.Abs(x[0].Data)
	case "pick":
		at := x[0].Data
		return i == 0 && e >= 0.5-math.Abs(at-math.Round(at))
	case "max", "min":
		return x[0] != x[1] && e >= math.Abs(x[0].Data-x[1].Data)/2
	}
	return false
}

// magnitude returns Σ|x|.
func magnitude(x []float64) (sum float64) {
	for _, v := range x {
		sum += math.Abs(v)
	}
	return sum
}

func numbers(v []*gradus.Value) []float64 {
	x := make([]float64, len(v))
	for i := range v {
		x[i] = v[i].Data
	}
	return x
}
