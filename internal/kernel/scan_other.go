//go:build !amd64 || purego

package kernel

func scan(x float64, z, y []float64) (low, high float64) { return goScan(x, z, y) }

func scanGrad(gz float64, x, y, gy []float64) float64 { return goScanGrad(gz, x, y, gy) }
