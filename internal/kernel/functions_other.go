//go:build !amd64 || purego

package kernel

// What follows is not called: there is no assembly here.

func exp(z, x []float64)     { each(z, x, goExp) }
func log(z, x []float64)     { each(z, x, goLog) }
func log1p(z, x []float64)   { each(z, x, goLog1p) }
func tanh(z, x []float64)    { each(z, x, goTanh) }
func sigmoid(z, x []float64) { each(z, x, SigmoidOf) }

func softplus(z, e, x []float64) { eachTwo(z, e, x, goSoftplus) }
func expm1(z, e, x []float64)    { eachTwo(z, e, x, goExpm1) }
func gelu(z, d, x []float64)     { eachTwo(z, d, x, goGELU) }

func tanhGrad(gx, gz, z []float64)        { TanhGrad(gx, gz, z) }
func sigmoidGrad(gx, gz, z []float64)     { SigmoidGrad(gx, gz, z) }
func softplusGrad(gx, gz, x, e []float64) { SoftplusGrad(gx, gz, x, e) }
