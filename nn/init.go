package nn

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/finite"
)

// An Init draws one initial number of a layer from rng. fanIn is the number of inputs of the
// layer, the bias not counted, and fanOut the number of its neurons.
//
// The Inits of this package, but for those that [Constant] returns, panic if rng is nil.
type Init func(rng *rand.Rand, fanIn, fanOut int) float64

// Uniform returns an Init that draws from the uniform distribution on [lo, hi). The third
// tutorial, with np.random.rand, uses Uniform(0, 1), and micrograd Uniform(-1, 1). Because
// of rounding, hi itself can occur, unless lo is 0 or −hi.
func Uniform(lo, hi float64) Init {
	return func(rng *rand.Rand, _, _ int) float64 {
		mustBeRand("Uniform", rng)
		return lo + float64((hi-lo)*rng.Float64())
	}
}

// Normal returns an Init that draws from the normal distribution with the given mean and
// standard deviation.
func Normal(mean, deviation float64) Init {
	return func(rng *rand.Rand, _, _ int) float64 {
		mustBeRand("Normal", rng)
		return mean + float64(deviation*rng.NormFloat64())
	}
}

// Constant returns an Init that draws nothing: every number is x.
func Constant(x float64) Init {
	return func(*rand.Rand, int, int) float64 { return x }
}

// Xavier draws from a uniform distribution, and is also called Glorot uniform. It is a
// compromise between keeping the variance of the signals from layer to layer, on the way
// forward, and keeping that of the gradients, on the way back. It is meant for activations like
// tanh.
//
//	U[−r, r),  r = √(6/(fanIn + fanOut)),  the variance is 2/(fanIn + fanOut)
//
// Source: X. Glorot, Y. Bengio, Understanding the difficulty of training deep feedforward
// neural networks, AISTATS 2010, equation 16.
func Xavier(rng *rand.Rand, fanIn, fanOut int) float64 {
	return symmetric("Xavier", rng, math.Sqrt(6/float64(fanIn+fanOut)))
}

// XavierNormal draws from the normal distribution that has the mean 0 and the variance of
// [Xavier].
func XavierNormal(rng *rand.Rand, fanIn, fanOut int) float64 {
	return normal("XavierNormal", rng, math.Sqrt(2/float64(fanIn+fanOut)))
}

// He draws from a normal distribution, and is also called Kaiming normal. It keeps the mean
// square of the signals from layer to layer although the activation sets about half of them to
// zero. It is meant for ReLU and activations like it.
//
//	the normal distribution with mean 0 and variance 2/fanIn
//
// Source: K. He, X. Zhang, S. Ren, J. Sun, Delving deep into rectifiers, ICCV 2015, equation
// 10.
func He(rng *rand.Rand, fanIn, _ int) float64 {
	return normal("He", rng, math.Sqrt(2/float64(fanIn)))
}

// HeUniform draws from the uniform distribution that has the mean 0 and the variance of [He].
//
//	U[−r, r),  r = √(6/fanIn)
func HeUniform(rng *rand.Rand, fanIn, _ int) float64 {
	return symmetric("HeUniform", rng, math.Sqrt(6/float64(fanIn)))
}

// LeCun draws from a normal distribution. It keeps the variance of the signals from layer to
// layer. It is meant for activations that are close to the identity near 0.
//
//	the normal distribution with mean 0 and variance 1/fanIn
//
// Source: Y. LeCun, L. Bottou, G. Orr, K.-R. Müller, Efficient BackProp, 1998, section 4.6.
func LeCun(rng *rand.Rand, fanIn, _ int) float64 {
	return normal("LeCun", rng, math.Sqrt(1/float64(fanIn)))
}

// InitNamed returns the Init that a text describes as one writes it in Go: He, or Uniform(-1, 1).
//
// It returns an error that lists the names if there is none of that name, or if it does not have so many
// numbers, or if one of them is not finite.
func InitNamed(text string) (Init, error) {
	name, numbers, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	var x []float64
	for number := range strings.SplitSeq(numbers, ",") {
		if n, err := strconv.ParseFloat(strings.TrimSpace(number), 64); err == nil && finite.All(n) {
			x = append(x, n)
		}
	}
	plain := map[string]Init{
		"Xavier": Xavier, "XavierNormal": XavierNormal, "He": He, "HeUniform": HeUniform, "LeCun": LeCun,
	}[name]
	switch {
	case plain != nil && name == text:
		return plain, nil
	case name == "Uniform" && len(x) == 2:
		return Uniform(x[0], x[1]), nil
	case name == "Normal" && len(x) == 2:
		return Normal(x[0], x[1]), nil
	case name == "Constant" && len(x) == 1:
		return Constant(x[0]), nil
	}
	return nil, fmt.Errorf("nn: the Init is %.40q, want Xavier, XavierNormal, He, HeUniform, LeCun, or with "+
		"numbers Uniform(-1, 1), Normal(0, 0.1) or Constant(0)", text)
}

// symmetric draws from the uniform distribution on [−r, r).
func symmetric(init string, rng *rand.Rand, r float64) float64 {
	mustBeRand(init, rng)
	return float64(r * (float64(2*rng.Float64()) - 1))
}

// normal draws from the normal distribution with the mean 0.
func normal(init string, rng *rand.Rand, deviation float64) float64 {
	mustBeRand(init, rng)
	return deviation * rng.NormFloat64()
}

func mustBeRand(init string, rng *rand.Rand) {
	if rng == nil {
		panic("nn: " + init + ": rng is nil, want one, such as rand.New(rand.NewPCG(1, 0))")
	}
}
