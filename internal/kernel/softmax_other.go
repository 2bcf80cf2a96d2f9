//go:build !amd64 || purego

package kernel

// There is no assembly here, and what follows is not called.

func normalize(_ []float64, _ int) { panic(noAssembly) }

func softmaxGrad(_ []float64, _ int, _, _ []float64, _ int) { panic(noAssembly) }

func shift(_ []float64, _ int, _ *float64, _ []float64, _, _, _ int) { panic(noAssembly) }
