package model

import "github.com/gradus-go/gradus"

// A Style is one way to write sums of products and what is built of them.
type Style struct {
	Dot     func(w, x []*gradus.Value) *gradus.Value
	Softmax func(x ...*gradus.Value) []*gradus.Value
	// CrossEntropy returns −ln softmax(y)ᵢ, where i is the number of the class, counted from 0.
	CrossEntropy func(y []*gradus.Value, class *gradus.Value) *gradus.Value
}

// OneByOne writes everything with operations on one or two numbers, but for Pick.
var OneByOne = Style{
	Dot:     chain,
	Softmax: softmaxOneByOne,
	CrossEntropy: func(y []*gradus.Value, class *gradus.Value) *gradus.Value {
		return gradus.Pick(class, softmaxOneByOne(y...)...).Log().Neg()
	},
}

// softmaxOneByOne returns exp(xᵢ)/Σ exp(xⱼ).
func softmaxOneByOne(x ...*gradus.Value) []*gradus.Value {
	e := make([]*gradus.Value, len(x))
	var sum *gradus.Value
	for i, v := range x {
		e[i] = v.Exp()
		if i == 0 {
			sum = e[0]
		} else {
			sum = sum.Add(e[i])
		}
	}
	for i, v := range e {
		e[i] = v.Div(sum)
	}
	return e
}

// WithDot writes the same with the operations of gradus on many numbers.
var WithDot = Style{
	Dot:     gradus.Dot,
	Softmax: gradus.Softmax,
	CrossEntropy: func(y []*gradus.Value, class *gradus.Value) *gradus.Value {
		return gradus.LogSumExp(y...).Sub(gradus.Pick(class, y...))
	},
}

// chain returns Σ wᵢ·xᵢ, one Mul and one Add after the other.
func chain(w, x []*gradus.Value) *gradus.Value {
	sum := w[0].Mul(x[0])
	for i := 1; i < len(w); i++ {
		sum = sum.Add(w[i].Mul(x[i]))
	}
	return sum
}

// times returns W·x. Unless b is nil, it adds b.
func (s Style) times(w, x, b []*gradus.Value) []*gradus.Value {
	var z []*gradus.Value
	for ; len(w) > 0; w = w[len(x):] {
		y := s.Dot(w[:len(x)], x)
		if b != nil {
			y = y.Add(b[len(z)])
		}
		z = append(z, y)
	}
	return z
}
