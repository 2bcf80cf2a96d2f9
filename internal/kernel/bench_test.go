package kernel

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
	_ "gonum.org/v1/gonum/blas/gonum"
)

// A size is the shape of a product, and the stride of the samples of a batch in memory.
type size struct {
	m, n, k, stride int
}

// operands are matrices of random numbers for a product of size s.
type operands struct {
	size
	a, b, c []float64
}

func newOperands(s size, lenA, lenB, lenC int) operands {
	r := newRand(1)
	return operands{s, numbers(r, lenA), numbers(r, lenB), numbers(r, lenC)}
}

// implementations runs a benchmark with all the instructions that there are, and gonum.
func implementations(b *testing.B, flops, bytes int, ours, gonum func()) {
	b.Helper()
	run := func(name string, f func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f()
			}
			perOp := float64(b.Elapsed().Nanoseconds()) / float64(b.N)
			b.ReportMetric(float64(flops)/perOp, "GFlop/s")
			b.ReportMetric(float64(bytes)/perOp, "GB/s")
		})
	}
	for _, in := range available() {
		force(b, in)
		run(in.String(), ours)
	}
	run("gonum", gonum)
}

// Forward is z = W·x + b, for one sample and for a batch.
func BenchmarkForward(b *testing.B) {
	for _, s := range []size{
		{1, 30, 784, 784},
		{1, 10, 30, 30},
		{1, 1000, 2, 2},
		{1, 64, 8, 8},
		{1, 1000, 1000, 1000},
		{1, 16, 16, 16},
		{1, 3, 2, 2},
		{1, 3, 3, 3},
		{1, 2, 3, 3},
		{1, 1, 16, 16},
		{1, 1, 1000, 1000},
		{16, 30, 784, 950},
		{32, 30, 784, 950},
		{32, 10, 30, 950},
		{32, 1000, 1000, 3100},
	} {
		o := newOperands(s, s.m*s.stride, s.n*s.k, s.m*max(s.stride, s.n))
		ldc := max(s.stride, s.n)
		a := blas64.General{Rows: s.m, Cols: s.k, Stride: s.stride, Data: o.a}
		w := blas64.General{Rows: s.n, Cols: s.k, Stride: s.k, Data: o.b}
		c := blas64.General{Rows: s.m, Cols: s.n, Stride: ldc, Data: o.c}
		x, z := blas64.Vector{N: s.k, Inc: 1, Data: o.a}, blas64.Vector{N: s.n, Inc: 1, Data: o.c}
		b.Run(fmt.Sprintf("%dx%d-%d", s.m, s.k, s.n), func(b *testing.B) {
			implementations(b, 2*s.m*s.n*s.k, 8*s.n*s.k, func() {
				MulNT(o.c, ldc, o.a, s.stride, o.b, s.k, s.m, s.n, s.k, true)
			}, func() {
				if s.m == 1 {
					blas64.Gemv(blas.NoTrans, 1, w, x, 1, z)
					return
				}
				blas64.Gemm(blas.NoTrans, blas.Trans, 1, a, w, 1, c)
			})
		})
	}
}

// The gradient of W is the sum over the samples of dz·xᵀ.
func BenchmarkWeights(b *testing.B) {
	for _, s := range []size{
		{30, 784, 1, 784},
		{10, 30, 1, 30},
		{1000, 2, 1, 1000},
		{64, 8, 1, 64},
		{64, 8, 16, 64},
		{1000, 1000, 1, 1000},
		{16, 16, 1, 16},
		{3, 2, 1, 3},
		{3, 3, 1, 3},
		{1, 16, 1, 16},
		{30, 784, 16, 950},
		{30, 784, 32, 950},
		{10, 30, 32, 950},
		{1000, 1000, 32, 3100},
	} {
		o := newOperands(s, s.k*max(s.stride, s.m), s.k*max(s.stride, s.n), s.m*s.n)
		dz := blas64.General{Rows: s.k, Cols: s.m, Stride: max(s.stride, s.m), Data: o.a}
		x := blas64.General{Rows: s.k, Cols: s.n, Stride: max(s.stride, s.n), Data: o.b}
		w := blas64.General{Rows: s.m, Cols: s.n, Stride: s.n, Data: o.c}
		vz, vx := blas64.Vector{N: s.m, Inc: 1, Data: o.a}, blas64.Vector{N: s.n, Inc: 1, Data: o.b}
		b.Run(fmt.Sprintf("%dx%d-%d", s.k, s.n, s.m), func(b *testing.B) {
			implementations(b, 2*s.m*s.n*s.k, 8*s.m*s.n, func() {
				MulNN(o.c, s.n, o.a, 1, dz.Stride, o.b, x.Stride, s.m, s.n, s.k, false)
			}, func() {
				if s.k == 1 {
					blas64.Ger(1, vz, vx, w) // adds, there is none that does not
					return
				}
				blas64.Gemm(blas.Trans, blas.NoTrans, 1, dz, x, 0, w)
			})
		})
	}
}

// The gradient of x is Wᵀ·dz.
func BenchmarkInputs(b *testing.B) {
	for _, s := range []size{
		{1, 784, 30, 784},
		{1, 30, 10, 30},
		{1, 1000, 1000, 1000},
		{1, 16, 16, 16},
		{1, 3, 3, 3},
		{1, 8, 64, 64},
		{32, 30, 10, 950},
		{32, 784, 30, 950},
		{32, 1000, 1000, 3100},
	} {
		o := newOperands(s, s.m*max(s.stride, s.k), s.k*s.n, s.m*s.stride)
		lda := max(s.stride, s.k)
		dz := blas64.General{Rows: s.m, Cols: s.k, Stride: lda, Data: o.a}
		w := blas64.General{Rows: s.k, Cols: s.n, Stride: s.n, Data: o.b}
		dx := blas64.General{Rows: s.m, Cols: s.n, Stride: s.stride, Data: o.c}
		vz, vx := blas64.Vector{N: s.k, Inc: 1, Data: o.a}, blas64.Vector{N: s.n, Inc: 1, Data: o.c}
		b.Run(fmt.Sprintf("%dx%d-%d", s.m, s.n, s.k), func(b *testing.B) {
			implementations(b, 2*s.m*s.n*s.k, 8*s.n*s.k, func() {
				MulNN(o.c, s.stride, o.a, lda, 1, o.b, s.n, s.m, s.n, s.k, true)
			}, func() {
				if s.m == 1 {
					blas64.Gemv(blas.Trans, 1, w, vz, 1, vx)
					return
				}
				blas64.Gemm(blas.NoTrans, blas.NoTrans, 1, dz, w, 1, dx)
			})
		})
	}
}

func BenchmarkVectors(b *testing.B) {
	for _, n := range []int{16, 30, 64, 784, 1000, 23860} {
		o := newOperands(size{}, n, n, n)
		x, y := blas64.Vector{N: n, Inc: 1, Data: o.a}, blas64.Vector{N: n, Inc: 1, Data: o.b}
		var total float64
		b.Run(fmt.Sprintf("Sum/%d", n), func(b *testing.B) {
			implementations(b, n, 8*n, func() { total += Sum(o.a) },
				func() { total += blas64.Asum(x) })
		})
		b.Run(fmt.Sprintf("Dot/%d", n), func(b *testing.B) {
			implementations(b, 2*n, 16*n, func() { total += dotProduct(o.a, o.b) },
				func() { total += blas64.Dot(x, y) })
		})
		b.Run(fmt.Sprintf("AddScaled/%d", n), func(b *testing.B) {
			implementations(b, 2*n, 16*n, func() { AddScaled(o.b, 1e-9, o.a) },
				func() { blas64.Axpy(1e-9, x, y) })
		})
	}
}

// BenchmarkFunctions compares the functions with those of package math, for one number and for several.
func BenchmarkFunctions(b *testing.B) {
	for _, f := range functions {
		for _, n := range []int{1, 3, 16, 1000} {
			x, z := make([]float64, n), make([]float64, n)
			r := newRand(1)
			for i := range x {
				x[i] = math.Abs(r.NormFloat64())
			}
			run := func(name string, step func()) {
				b.Run(fmt.Sprintf("%s/%d/%s", f.name, n, name), func(b *testing.B) {
					for b.Loop() {
						step()
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/number")
				})
			}
			for _, in := range available() {
				force(b, in)
				run(in.String(), func() { f.run(z, x) })
			}
			run("math", func() { each(z, x, f.library) })
		}
	}
}

func BenchmarkFastScan(b *testing.B) {
	r := newRand(1)
	y, z, gy := numbers(r, 1000), make([]float64, 1001), make([]float64, 1000)
	for i := range y {
		y[i] = 1 + y[i]/1000
	}
	b.Run("forward", func(b *testing.B) {
		for b.Loop() {
			FastScan(1, z[1:], y)
		}
	})
	b.Run("backward", func(b *testing.B) {
		for b.Loop() {
			FastScanGrad(1, z[:1000], y, gy)
		}
	})
}
