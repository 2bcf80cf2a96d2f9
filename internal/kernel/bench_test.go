package kernel

import (
	"fmt"
	"testing"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"
)

// BenchmarkMul times the products of a network's layers: for one sample, and for a batch of
// 16 whose samples lie 950 numbers apart. A "flop" is an addition or a multiplication.
func BenchmarkMul(b *testing.B) {
	defer func(was bool) { fast = was }(fast)
	assembly := fast
	for _, bm := range []struct {
		name      string
		m, n, k   int
		nt, trans bool
		stride    int // of the samples
	}{
		{name: "784 to 30", m: 1, n: 30, k: 784, nt: true},
		{name: "784 to 30, ∂W", m: 30, n: 784, k: 1},
		{name: "1000 to 1000", m: 1, n: 1000, k: 1000, nt: true},
		{name: "1000 to 1000, ∂x", m: 1, n: 1000, k: 1000},
		{name: "16 to 16", m: 1, n: 16, k: 16, nt: true},
		{name: "16 784 to 30", m: 16, n: 30, k: 784, nt: true, stride: 950},
		{name: "16 784 to 30, ∂W", m: 30, n: 784, k: 16, trans: true, stride: 950},
	} {
		c, x, y := make([]float64, 1e6), make([]float64, 1e6), make([]float64, 1e6)
		for i := range x {
			x[i], y[i] = 1, 1 // gonum skips zeros
		}
		lda, ldb, ldc := bm.k, bm.n, bm.n
		if bm.nt {
			ldb = bm.k
		}
		if bm.stride > 0 && bm.nt {
			lda, ldc = bm.stride, bm.stride
		} else if bm.stride > 0 {
			lda, ldb = bm.stride, bm.stride
		}
		for _, v := range []struct {
			name string
			fast bool
		}{{"assembly", assembly}, {"twin", false}, {"gonum", false}} {
			b.Run(fmt.Sprintf("%s/%s", bm.name, v.name), func(b *testing.B) {
				fast = v.fast
				for b.Loop() {
					switch {
					case v.name == "gonum":
						ta, tb := blas.NoTrans, blas.NoTrans
						a := blas64.General{Rows: bm.m, Cols: bm.k, Stride: lda, Data: x}
						if bm.trans {
							ta, a.Rows, a.Cols = blas.Trans, bm.k, bm.m
						}
						g := blas64.General{Rows: bm.k, Cols: bm.n, Stride: ldb, Data: y}
						if bm.nt {
							tb, g.Rows, g.Cols = blas.Trans, bm.n, bm.k
						}
						blas64.Gemm(ta, tb, 1, a, g, 1, blas64.General{Rows: bm.m, Cols: bm.n, Stride: ldc, Data: c})
					case bm.nt:
						MulNT(c, ldc, x, lda, y, ldb, bm.m, bm.n, bm.k)
					case bm.trans:
						MulNN(c, ldc, x, 1, lda, y, ldb, bm.m, bm.n, bm.k, false)
					default:
						MulNN(c, ldc, x, lda, 1, y, ldb, bm.m, bm.n, bm.k, false)
					}
				}
				flops := 2 * float64(b.N) * float64(bm.m*bm.n*bm.k)
				b.ReportMetric(flops/float64(b.Elapsed().Nanoseconds()), "Gflop/s")
			})
		}
	}
}
