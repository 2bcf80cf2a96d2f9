//go:build !amd64 || purego

package kernel

// There is no assembly here, so that no matrix is narrow or has pairs, and what follows is not called.

const noAssembly = "kernel: there is no assembly"

func affineAVX512(_, _ *float64, _ int, _, _ *float64, _, _, _ int) { panic(noAssembly) }

func affineGradAVX512(_, _, _ *float64, _ int, _, _, _, _ *float64, _, _ int, _ uint64) {
	panic(noAssembly)
}

func affineTGradAVX512(_, _, _ *float64, _ int, _, _ *float64, _, _ int) { panic(noAssembly) }

func affineAVX2(_, _ *float64, _ int, _, _ *float64, _, _, _ int) { panic(noAssembly) }

func affineGradAVX2(_, _, _ *float64, _ int, _, _, _, _ *float64, _, _ int, _ uint64) {
	panic(noAssembly)
}

func affineTGradAVX2(_, _, _ *float64, _ int, _, _ *float64, _, _ int) { panic(noAssembly) }

func mulEachAVX2(_ *float64, _, _ int, _ *float64, _ int, _ *float64, _, _, _, _ int, _ uint64) {
	panic(noAssembly)
}

func mulEachTAVX2(_ *float64, _, _ int, _ *float64, _ int, _ *float64, _, _, _, _ int, _ uint64) {
	panic(noAssembly)
}

func outerEachAVX2(_ *float64, _, _ int, _ *float64, _ int, _ *float64, _, _, _, _ int) {
	panic(noAssembly)
}
