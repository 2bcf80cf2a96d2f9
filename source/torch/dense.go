package torch

import (
	"fmt"

	"github.com/gradus-go/gradus/internal/listing"
)

// dense writes products of a matrix and vectors.
func (f *forward) dense(in *listing.Inst) {
	v := f.product(in)
	if in.C.At != listing.None {
		c := f.addend(in)
		v.text, v.batched = v.text+" + "+c.text, v.batched || c.batched
	}
	if in.K > 1 {
		v.text = "(" + v.text + ").flatten(-2)"
	}
	f.result(in.Z, in.M*in.K, v)
}

// product returns the product without the addend: a number if there is one, a vector if there is
// one x, and otherwise a matrix with a row for each x.
func (f *forward) product(in *listing.Inst) value {
	x := f.vector(in.X.At, in.N)
	if in.K > 1 {
		x = f.rows(in.X.At, in.K, in.N, in.XK)
	}
	rows, columns := matrix(in)
	if in.K == 1 && in.M == 1 && (in.Code == listing.Dense || in.LDA == 1) {
		return dot(f.vector(in.Y.At, in.N), x)
	}
	w := f.matrix(in.Y.At, rows, columns, in.LDA)
	v := value{batched: w.batched || x.batched}
	if in.Code != listing.Transposed {
		w.text += ".mT"
	}
	if v.text = x.text + " @ " + w.text; w.batched && in.K == 1 {
		v.text = fmt.Sprintf("(%s[..., None, :] @ %s)[..., 0, :]", x.text, w.text)
	}
	if in.M == 1 && in.K == 1 {
		v.text = "(" + v.text + ")[..., 0]"
	}
	return v
}

// dot returns the product of two vectors.
func dot(w, x value) value {
	v := value{batched: w.batched || x.batched}
	switch {
	case !w.batched:
		v.text = fmt.Sprintf("%s @ %s", x.text, w.text)
	case !x.batched:
		v.text = fmt.Sprintf("%s @ %s", w.text, x.text)
	default:
		v.text = fmt.Sprintf("(%s * %s).sum(-1)", w.text, x.text)
	}
	return v
}

// addend returns what is added to the product.
func (f *forward) addend(in *listing.Inst) value {
	n := in.C.Step*(in.M-1) + 1
	switch {
	case in.K > 1 && in.CK != 0:
		return f.rows(in.C.At, in.K, n, in.CK)
	case in.K == 1:
		return f.operand(in.C, in.M)
	}
	c := f.vector(in.C.At, n)
	if c.batched {
		c.text += "[..., None, :]"
	}
	return c
}

// rows returns k rows of n numbers, the first from a slot on, and the others from slots that follow
// in steps.
func (f *forward) rows(at, k, n, step int32) value {
	p, end := f.at[at], at+step*(k-1)+n
	switch {
	case step == n || k == 1:
		v := f.vector(at, n*k)
		v.text += fmt.Sprintf(".unflatten(-1, (%d, %d))", k, n)
		return v
	case step > 0 && end <= p.start+p.n:
		v := f.part(p, at, end-at)
		v.text += fmt.Sprintf(".unfold(-1, %d, %d)", n, step)
		return v
	}
	index := make([]int32, 0, k*n)
	for i := range k {
		for j := range n {
			index = append(index, at+i*step+j)
		}
	}
	v := f.gather(index)
	v.text += fmt.Sprintf(".unflatten(-1, (%d, %d))", k, n)
	return v
}

// matrix returns a matrix in memory, whose rows begin lda apart.
func (f *forward) matrix(at, rows, columns, lda int32) value {
	p := f.at[at]
	if p.columns == 0 || p.columns != lda || (at-p.start)%lda+columns > lda || at+lda*(rows-1) >= p.start+p.n {
		return f.rows(at, rows, columns, lda)
	}
	from, left := (at-p.start)/lda, (at-p.start)%lda
	lines := ":"
	if rows*lda < p.n {
		lines = fmt.Sprintf("%d:%d", from, from+rows)
	}
	switch {
	case columns < lda:
		return value{text: fmt.Sprintf("%s[%s, %d:%d]", p.name, lines, left, left+columns)}
	case lines != ":":
		return value{text: fmt.Sprintf("%s[%s]", p.name, lines)}
	}
	return value{text: p.name}
}
