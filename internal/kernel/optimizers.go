package kernel

import "math"

// Accelerate computes the velocity of gradient descent with momentum, given parameters x and their
// gradients g:
//
//	v = momentum·v + (g + decay·x)
//
// It panics if the lengths differ.
func Accelerate(v, x, g []float64, momentum, decay float64) {
	if n := len(v); len(x) != n || len(g) != n {
		panic(lengthsDiffer)
	}
	if isShort(v) {
		goAccelerate(v, x, g, momentum, decay)
		return
	}
	accelerate(v, x, g, momentum, decay)
}

func goAccelerate(v, x, g []float64, momentum, decay float64) {
	for i, d := range g {
		v[i] = float64(momentum*v[i]) + (d + float64(decay*x[i]))
	}
}

// An Adam is what the steps of all parameters have in common, in package optim's Adam.
type Adam struct {
	Beta1, Beta2, Epsilon float64
	Decay                 float64 // how much of a parameter is added to its gradient
	Keep                  float64 // how much of a parameter the step begins with
	Rate, Root            float64 // the corrected rate, and the correction of √v
}

// Step updates parameters x and the means m and v, given the gradients g:
//
//	g = g + Decay·x
//	m = Beta1·m + (1−Beta1)·g
//	v = Beta2·v + (1−Beta2)·g²
//	x = Keep·x − Rate·m/(Root·√v + Epsilon)
//
// g does not change. Step panics if the lengths differ.
func (a *Adam) Step(x, m, v, g []float64) {
	if n := len(x); len(m) != n || len(v) != n || len(g) != n {
		panic(lengthsDiffer)
	}
	if isShort(x) {
		a.goStep(x, m, v, g)
		return
	}
	a.step(x, m, v, g)
}

func (a *Adam) goStep(x, m, v, g []float64) {
	for i, d := range g {
		d += float64(a.Decay * x[i])
		m[i] = float64(a.Beta1*m[i]) + float64((1-a.Beta1)*d)
		v[i] = float64(a.Beta2*v[i]) + float64((1-a.Beta2)*d*d)
		x[i] = float64(a.Keep*x[i]) - a.Rate*m[i]/(float64(math.Sqrt(v[i])*a.Root)+a.Epsilon)
	}
}
