package main

import "github.com/gradus-go/gradus"

// A student studied for some hours and then passed an exam, 1, or did not, 0.
type student struct{ hours, passed float64 }

// The students are the 20 of the example in the article "Logistic regression" of the English Wikipedia,
// https://en.wikipedia.org/wiki/Logistic_regression. No number of hours separates those who passed from
// the others. The article prints the coefficients 1.5046 of the hours and −4.0777.
var students = []student{
	{0.50, 0},
	{0.75, 0},
	{1.00, 0},
	{1.25, 0},
	{1.50, 0},
	{1.75, 0},
	{1.75, 1},
	{2.00, 0},
	{2.25, 1},
	{2.50, 0},
	{2.75, 1},
	{3.00, 0},
	{3.25, 1},
	{3.50, 0},
	{4.00, 1},
	{4.25, 1},
	{4.50, 1},
	{4.75, 1},
	{5.00, 1},
	{5.50, 1},
}

// crossEntropy returns the error of logistic regression: the sum over the students of the cross-entropy
// between whether they passed and the probability σ(w·hours + b).
func crossEntropy(w, b *gradus.Value, students []student) *gradus.Value {
	var terms []*gradus.Value
	for _, s := range students {
		terms = append(terms, w.Mul(s.hours).Add(b).SigmoidCrossEntropy(s.passed))
	}
	return gradus.Sum(terms...)
}
