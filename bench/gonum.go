package bench

import (
	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/bench/internal/network"
	"github.com/gradus-go/gradus/bench/internal/plain"
)

// gonumKernels compute a layer with gonum. They write the gradient of the matrix row by row.
// BLAS has a routine for all rows, Ger, but it adds to the matrix, which would have to be
// cleared first.
var gonumKernels = network.Kernels{
	Affine: func(z, w, x, b []float64) {
		copy(z, b)
		blas64.Gemv(blas.NoTrans, 1, matrix(w, len(z), len(x)), vector(x), 1, vector(z))
	},
	Backward: func(l *network.Layer, e, x []float64, rate float64) {
		for j, d := range l.GB {
			floats.ScaleTo(l.GW[j*len(x):(j+1)*len(x)], d, x)
		}
		if e != nil {
			w := matrix(l.W, len(l.GB), len(x))
			blas64.Gemv(blas.Trans, 1, w, vector(l.GB), 0, vector(e))
		}
		if rate != 0 {
			floats.AddScaled(l.W, -rate, l.GW)
			floats.AddScaled(l.B, -rate, l.GB)
		}
	},
}

func vector(x []float64) blas64.Vector { return blas64.Vector{N: len(x), Data: x, Inc: 1} }

func matrix(x []float64, rows, columns int) blas64.General {
	return blas64.General{Rows: rows, Cols: columns, Stride: columns, Data: x}
}

// A gonumBatch computes a network for all samples at once, with products of matrices.
type gonumBatch struct {
	*network.Layered
	a, d [][]float64 // by layer: results and derivatives, sample after sample
}

func newGonumBatch(n *network.Network) variant {
	b := gonumBatch{Layered: network.NewLayered(n, network.Kernels{})}
	for _, width := range n.Widths[1:] {
		b.a = append(b.a, make([]float64, n.Batch*width))
		b.d = append(b.d, make([]float64, n.Batch*width))
	}
	return variant{name: "gonum", step: b.step, samples: n.Batch, result: func() (result, error) {
		b.step()
		return result{out: b.Out, grad: b.Gradient()}, nil
	}}
}

// step computes the sum of the losses, and then that of the gradients.
func (n *gonumBatch) step() {
	x, a, d := n.X, n.a, n.d
	for k := range n.Layers {
		l, in, out := &n.Layers[k], n.Widths[k], n.Widths[k+1]
		for s := range n.Batch {
			copy(a[k][s*out:], l.B)
		}
		blas64.Gemm(blas.NoTrans, blas.Trans, 1, matrix(x, n.Batch, in),
			matrix(l.W, out, in), 1, matrix(a[k], n.Batch, out))
		n.Acts[k].Apply(a[k], n.Scale)
		x = a[k]
	}
	last := len(n.Layers) - 1
	out := n.Widths[last+1]
	n.Out = 0
	for s := range n.Batch {
		_, t := n.Sample(s)
		n.Out += n.Seed(d[last][s*out:(s+1)*out], a[last][s*out:(s+1)*out], t)
	}
	for k := last; k >= 0; k-- {
		l, in, out := &n.Layers[k], n.Widths[k], n.Widths[k+1]
		n.Acts[k].Chain(d[k], a[k], n.Scale)
		clear(l.GB)
		for s := range n.Batch {
			floats.Add(l.GB, d[k][s*out:(s+1)*out])
		}
		delta, x := matrix(d[k], n.Batch, out), n.X
		if k > 0 {
			x = a[k-1]
			blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, delta, matrix(l.W, out, in), 0,
				matrix(d[k-1], n.Batch, in))
		}
		blas64.Gemm(blas.Trans, blas.NoTrans, 1, delta, matrix(x, n.Batch, in), 0,
			matrix(l.GW, out, in))
	}
}

// gonumLogistic returns the logistic regression with gonum's kernels.
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
