package plain

import "math/rand/v2"

// The sizes of the rows without a network.
const (
	Samples  = 100
	Features = 10

	// Variables is how many factors the product has.
	Variables = 1000
)

// A Regression is the samples of the logistic regression and where it starts.
type Regression struct {
	X [Samples][Features]float64
	S [Samples]float64 // the labels, −1 or 1
	P [Features + 1]float64
}

// NewRegression draws the numbers.
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

// NewFactors returns the variables of the product.
func NewFactors() (x [Variables]float64) {
	r := rand.New(rand.NewPCG(5, 6))
	for i := range x {
		x[i] = 0.9 + 0.2*r.Float64()
	}
	return x
}
