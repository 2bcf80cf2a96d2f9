// Package health says whether a network can learn, and if not, which factor of the chain rule
// stops it.
//
// The gradient of a weight is a product: of ∂L/∂y, of a slope φ′(z) and a matrix of weights for
// every layer behind it, and of the input that it multiplies. If one factor is 0, or many are
// small, or many are large, the layers before it learn nothing, or everything at once.
// [Check] measures the factors for a batch of samples. What it returns is data; its String is a
// table with a sentence, and a [Report] is easily drawn as a bar chart.
package health
