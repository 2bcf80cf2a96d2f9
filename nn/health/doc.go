// Package health says whether a network can learn, and if not, which factor of the chain rule
// stops it.
//
// By the chain rule, the gradient of a weight is a product. Its factors are ∂L/∂y, a slope φ′(z)
// and a matrix of weights for every layer on the way back from the output, and the input that
// the weight multiplies. If one factor is 0, or many are small, the weight learns nothing; if
// many are large, its steps are too large.
//
// [Check] measures these factors for a batch of samples and returns a [Report]. Its String is a
// table and a diagnosis in words. Its fields are numbers, which can be tested or drawn.
package health
