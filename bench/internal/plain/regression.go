package plain

import "math/rand/v2"

// The sizes of the rows that are not networks.
const (
	Samples  = 100 // of the logistic regression
	Features = 10  // of each sample

	Variables = 1000 // of the product
)

// A Regression has the samples of the logistic regression and its parameters.
type Regression struct {
	X [Samples][Features]float64
	S [Samples]float64      // the classes, −1 or 1
	P [Features + 1]float64 // the weights, then the bias
}

// NewRegression returns random numbers, the same in every call.
func NewRegression() *Regression {
	r := rand.New(rand.NewPCG(3, 4))
	d := new(Regression)
	for i := range d.X {
		for j := range d.X[i] {
			d.X[i][j] = r.NormFloat64()
		}
		d.S[i] = float64(2*r.IntN(2) - 1)
	}
	for j := range d.P {
		d.P[j] = r.NormFloat64()
	}
	return d
}

// NewFactors returns random variables for the product, from 0.9 to 1.1, the same in every call.
func NewFactors() (x [Variables]float64) {
	r := rand.New(rand.NewPCG(5, 6))
	for i := range x {
		x[i] = 0.9 + 0.2*r.Float64()
	}
	return x
}
