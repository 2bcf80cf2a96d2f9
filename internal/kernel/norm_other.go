//go:build !amd64 || purego

package kernel

// There is no assembly here, and what follows is not called.

func (p *Norm) squares(_, _ []float64, _ int) { panic(noAssembly) }

func (p *Norm) scale(_, _, _ []float64, _ int, _, _ []float64) { panic(noAssembly) }

func (p *Norm) grad(_, _, _ []float64, _ int, _, _, _, _ []float64) { panic(noAssembly) }
