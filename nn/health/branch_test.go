package health

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

// branches is y = wₐ'·(wₐ·x) + w_b'·(w_b·x): two parts side by side, a and b, and a third one that adds them.
// Nearly no gradient comes to b if its weight there is small.
func branches(small float64) *own {
	o := newOwn()
	a, b, out := o.neurons("a.n", 1, 1, 0, 0), o.neurons("b.n", 1, 1, 0, 0), o.neurons("out.n", 1, 2, 0, 0)
	o.set("a.n1.w", 1).set("b.n1.w", 1).set("out.n1.w1", 1).set("out.n1.w2", small)
	o.forward = func(x vector) vector { return dense(out, append(dense(a, x), dense(b, x)...)) }
	return o
}

// Parts side by side are measured each for itself, and whether a gradient has vanished does not depend on the
// scale of the loss.
func TestBranches(t *testing.T) {
	for _, scale := range []float64{1, 1e-9, 1e9} {
		loss := func(y, t []*gradus.Value) *gradus.Value { return nn.HalfSquaredError(y, t).Mul(scale) }
		for small, want := range map[float64]Condition{0.5: Healthy, 1e-5: Healthy, 1e-7: Vanishing} {
			r, err := Check(branches(small), loss, [][]float64{{1}, {2}}, [][]float64{{1}, {3}}, 1e-3/scale)
			if err != nil || r.Condition != want || want == Vanishing && r.Layers[r.Layer-1].Name != "b" {
				t.Errorf("scale %v, weight %v: error %v, want %s:\n%v", scale, small, err, want, r)
			}
		}
	}
}

// On the way of a branch with one layer lies one matrix, however deep another branch is.
func TestShortBranch(t *testing.T) {
	o := newOwn()
	var deep []vector
	for _, name := range []string{"a.n", "b.n", "c.n", "d.n"} {
		deep = append(deep, o.neurons(name, 1, 1, 0, 0)...)
	}
	short, out := o.neurons("short.n", 1, 1, 0, 0), o.neurons("out.n", 1, 2, 0, 0)
	for _, v := range o.params {
		v.Data = 0.9
	}
	o.set("out.n1.w2", 1e-8)
	o.forward = func(x vector) vector {
		z := x
		for _, w := range deep {
			z = dense([]vector{w}, z)
		}
		return dense(out, append(z, dense(short, x)...))
	}
	r, err := Check(o, nn.HalfSquaredError, [][]float64{{1}, {2}}, [][]float64{{1}, {3}}, 1e-3)
	const want = "since each matrix on the way multiplies it by about 1e-08; "
	if err != nil || r.Condition != Vanishing || !strings.Contains(r.Diagnosis, want) {
		t.Errorf("error %v, want vanishing, %s:\n%v", err, want, r)
	}
}

// A gradient that a where stops is not said to be that of a matrix.
func TestStoppedByWhere(t *testing.T) {
	o := newOwn()
	a, out := o.neurons("a.n", 1, 1, 0, 0), o.neurons("out.n", 1, 1, 0, 0)
	o.set("a.n1.w1", 1).set("out.n1.w1", 1)
	o.forward = func(x vector) vector {
		return dense(out, vector{gradus.Where(x[0].Sub(100), dense(a, x)[0], x[0])})
	}
	r, err := Check(o, nn.HalfSquaredError, [][]float64{{1}, {2}}, [][]float64{{3}, {3}}, 1e-3)
	const want = "∂L/∂W = 0 in a, although the loss depends on it: look for inputs that are 0, and for a max, "
	if err != nil || r.Condition != Vanishing || r.Layer != 1 || !strings.HasPrefix(r.Diagnosis, want) {
		t.Errorf("error %v, want vanishing, %s:\n%v", err, want, r)
	}
}
