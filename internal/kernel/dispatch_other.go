//go:build !amd64 || purego

package kernel

// HasAssembly is true where there is assembly.
const HasAssembly = false

// best is a constant here, so that the compiler leaves out all that calls what follows.
const best = portable

func mulNT(
	c []float64, ldc int, a []float64, lda int, b []float64, ldb int, m, n, k int, add bool,
) {
	goMulNT(c, ldc, a, lda, b, ldb, m, n, k, add)
}

func mulNN(
	c []float64, ldc int, a []float64, ra, ca int, b []float64, ldb int, m, n, k int, add bool,
) {
	goMulNN(c, ldc, a, ra, ca, b, ldb, m, n, k, add)
}

func dot(x, y []float64) float64 { return goDot(x, y) }

func sum(x []float64) float64 { return goSum(x) }

func addScaled(y []float64, alpha float64, x []float64) { goAddScaled(y, alpha, x) }

// fetch is called, and does nothing.
func fetch([]float64) {}

func (p *Places) gather(z, x []float64) { Gather(z, x, p.at) }

func (p *Places) addAt(gx, gz []float64) { goAddAt(gx, gz, p.at) }

// transpose is not called.
func transpose(_, _ []float64, _, _, _, _ int) {}
