package kernel

// The functions in this file compute z = f(x) and the slopes d = f′(x), element by element. MulAdd hands
// gradients on: gx += gz·d. They panic if the lengths differ. z, d and x must not overlap.

// ELU computes z = x if x > 0, else e^x − 1, of which the latter is off as in Expm1.
func ELU(z, d, x []float64) {
	mustBeAsLong(z, d, x)
	Min(z, x, zero)
	Expm1(z, d, z)
	Choose(z, x, x, z)
}

// GELU computes z = x·Φ(x), where Φ is the distribution function of the standard normal distribution. It is
// off by at most 4.5 units in the last place.
func GELU(z, d, x []float64) {
	if readyTwo("GELU", z, d, x) {
		gelu(z, d, x)
		return
	}
	eachTwo(z, d, x, goGELU)
}

// LeakyReLU computes z = x if x > 0, else slope·x.
func LeakyReLU(z, d, x []float64, slope float64) {
	mustBeAsLong(z, d, x)
	Choose(d, x, one, []float64{slope})
	Mul(z, d, x)
}

// Abs computes z = |x|. Its slope at 0 is 0.
func Abs(z, d, x []float64) {
	mustBeAsLong(z, d, x)
	Sign(d, x)
	Mul(z, x, minusOne)
	Max(z, x, z)
}

// Sign computes z = 1 if x > 0, −1 if x < 0 and 0 if x = 0. Its slope is 0.
func Sign(z, x []float64) {
	mustBeAsLong(z, z, x)
	Mul(z, x, minusOne)
	Choose(z, z, minusOne, zero)
	Choose(z, x, one, z)
}

// Step computes z = 1 if x > 0, and 0 if x ≤ 0. Its slope is 0.
func Step(z, x []float64) {
	mustBeAsLong(z, z, x)
	Choose(z, x, one, zero)
}

// mustBeAsLong panics if the lengths differ. To other functions one number stands for as many as there are.
func mustBeAsLong(z, d, x []float64) {
	if len(d) != len(z) || len(x) != len(z) {
		panic(lengthsDiffer)
	}
}
