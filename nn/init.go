package nn

import (
	"math"
	"math/rand/v2"
)

// An Init draws one initial number of a layer. fanIn is the layer's number of inputs, in which
// the bias does not count, and fanOut its number of neurons.
type Init func(rng *rand.Rand, fanIn, fanOut int) float64

// Uniform returns an Init that draws from [lo, hi): Uniform(0, 1) is the third tutorial's, which
// calls for np.random.rand, and Uniform(-1, 1) micrograd's. For lo other than 0 and −hi, the
// largest numbers may be rounded to hi.
func Uniform(lo, hi float64) Init {
	return func(rng *rand.Rand, _, _ int) float64 {
		return lo + float64((hi-lo)*rng.Float64())
	}
}

// Normal returns an Init that draws from the normal distribution of a mean and a standard
// deviation.
func Normal(mean, deviation float64) Init {
	return func(rng *rand.Rand, _, _ int) float64 {
		return mean + float64(deviation*rng.NormFloat64())
	}
}

// Constant returns an Init that draws nothing: all numbers are x.
func Constant(x float64) Init {
	return func(*rand.Rand, int, int) float64 { return x }
}

// Xavier is also called Glorot uniform. It keeps the variance of signals on the way forward and
// that of gradients on the way back, as far as one number can do both: for activations like
// tanh.
//
//	U[−r, r),  r = √(6/(fanIn + fanOut)),  a variance of 2/(fanIn + fanOut)
//
// Source: X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward
// neural networks, AISTATS 2010, equation 16.
func Xavier(rng *rand.Rand, fanIn, fanOut int) float64 {
	return symmetric(rng, math.Sqrt(6/float64(fanIn+fanOut)))
}

// XavierNormal is the normal distribution with the mean 0 and the variance of [Xavier].
func XavierNormal(rng *rand.Rand, fanIn, fanOut int) float64 {
	return math.Sqrt(2/float64(fanIn+fanOut)) * rng.NormFloat64()
}

// He is also called Kaiming normal. It keeps the second moment of signals where a rectifier
// sets half of them to zero: for ReLU and its like.
//
//	N(0, 2/fanIn)
//
// Source: K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers, ICCV 2015, equation
// 10.
func He(rng *rand.Rand, fanIn, _ int) float64 {
	return math.Sqrt(2/float64(fanIn)) * rng.NormFloat64()
}

// HeUniform is the uniform distribution with the mean 0 and the variance of [He].
//
//	U[−r, r),  r = √(6/fanIn)
func HeUniform(rng *rand.Rand, fanIn, _ int) float64 {
	return symmetric(rng, math.Sqrt(6/float64(fanIn)))
}

// LeCun keeps the variance of signals on the way forward, for activations that are like the
// identity near 0.
//
//	N(0, 1/fanIn)
//
// Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998, section 4.6.
func LeCun(rng *rand.Rand, fanIn, _ int) float64 {
	return math.Sqrt(1/float64(fanIn)) * rng.NormFloat64()
}

// symmetric draws from [−r, r).
func symmetric(rng *rand.Rand, r float64) float64 {
	return float64(r * (float64(2*rng.Float64()) - 1))
}
