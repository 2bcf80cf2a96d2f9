package bench

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/bench/internal/plain"
)

// gonumKernels write the gradient of a matrix row by row, because Ger adds to it, which
// takes a pass to clear it before.
var gonumKernels = kernels{
	affine: func(z, w, x, b []float64) {
		copy(z, b)
		blas64.Gemv(blas.NoTrans, 1, matrix(w, len(z), len(x)), vector(x), 1, vector(z))
	},
	backward: func(l *layer, e, x []float64, rate float64) {
		for j, d := range l.gb {
			floats.ScaleTo(l.gw[j*len(x):(j+1)*len(x)], d, x)
		}
		if e != nil {
			w := matrix(l.w, len(l.gb), len(x))
			blas64.Gemv(blas.Trans, 1, w, vector(l.gb), 0, vector(e))
		}
		if rate != 0 {
			floats.AddScaled(l.w, -rate, l.gw)
			floats.AddScaled(l.b, -rate, l.gb)
		}
	},
}

func vector(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Data: x, Inc: 1} }

func matrix(x []float64, rows, columns int) blas64.General {
	return blas64.General{Rows: rows, Cols: columns, Stride: columns, Data: x}
}

// gonumBatch returns the variant that multiplies matrices, for all samples of n at once.
func gonumBatch(n *network) variant {
	l := newLayered(n, kernels{})
	a, d := make([][]float64, len(l.layers)), make([][]float64, len(l.layers))
	for k := range a {
		a[k], d[k] = make([]float64, n.batch*n.widths[k+1]), make([]float64, n.batch*n.widths[k+1])
	}
	step := func() { l.gemm(a, d) }
	return variant{name: "gonum", step: step, samples: n.batch, result: func() (result, error) {
		step()
		return result{out: l.out, grad: l.ordered(l.grad)}, nil
	}}
}

// gemm is forward and backward with results a and derivatives d of all samples.
func (n *layered) gemm(a, d [][]float64) {
	x := n.x
	for k := range n.layers {
		l, in, out := &n.layers[k], n.widths[k], n.widths[k+1]
		for s := range n.batch {
			copy(a[k][s*out:], l.b)
		}
		blas64.Gemm(blas.NoTrans, blas.Trans, 1, matrix(x, n.batch, in),
			matrix(l.w, out, in), 1, matrix(a[k], n.batch, out))
		n.acts[k].apply(a[k], n.scale)
		x = a[k]
	}
	last := len(n.layers) - 1
	out := n.widths[last+1]
	n.out = 0
	for s := range n.batch {
		_, t := n.sample(s)
		n.out += n.seed(d[last][s*out:(s+1)*out], a[last][s*out:(s+1)*out], t)
	}
	for k := last; k >= 0; k-- {
		l, in, out := &n.layers[k], n.widths[k], n.widths[k+1]
		n.acts[k].chain(d[k], a[k], n.scale)
		clear(l.gb)
		for s := range n.batch {
			floats.Add(l.gb, d[k][s*out:(s+1)*out])
		}
		delta, x := matrix(d[k], n.batch, out), n.x
		if k > 0 {
			x = a[k-1]
			blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, delta, matrix(l.w, out, in), 0,
				matrix(d[k-1], n.batch, in))
		}
		blas64.Gemm(blas.Trans, blas.NoTrans, 1, delta, matrix(x, n.batch, in), 0,
			matrix(l.gw, out, in))
	}
}

// gonumLogistic returns the variant of the logistic regression.
func gonumLogistic(d *plain.Regression) variant {
	n := &plain.Logistic{Regression: d, P: d.P}
	var x []float64
	for k := range d.X {
		x = append(x, d.X[k][:]...)
	}
	w, g := n.P[:plain.Features], n.G[:plain.Features]
	all := matrix(x, plain.Samples, plain.Features)
	step := func() {
		for k := range n.Z {
			n.Z[k] = n.P[plain.Features]
		}
		blas64.Gemv(blas.NoTrans, 1, all, vector(w), 1, vector(n.Z[:]))
		n.Out = n.Losses()
		blas64.Gemv(blas.Trans, 1, all, vector(n.Z[:]), 0, vector(g))
		n.G[plain.Features] = floats.Sum(n.Z[:])
	}
	v := derived(step, &n.Out, n.G[:])
	v.name = "gonum"
	return v
}
