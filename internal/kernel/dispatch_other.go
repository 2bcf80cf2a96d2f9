//go:build !amd64 || purego

package kernel

// HasAssembly is true where there is assembly for all kernels. That for arm64 multiplies matrices alone.
const HasAssembly = false

// best is a constant here, so that the compiler leaves out all that calls what follows.
const best = portable

func sum(x []float64) float64 { return goSum(x) }

// fetch is called, and does nothing.
func fetch([]float64) {}

func (p *Places) gather(z, x []float64) { Gather(z, x, p.at) }

func (p *Places) addAt(gx, gz []float64) { goAddAt(gx, gz, p.at) }

// transpose is not called.
func transpose(_, _ []float64, _, _, _, _ int) {}
