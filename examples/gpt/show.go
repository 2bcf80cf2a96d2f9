package main

import (
	"fmt"

	"github.com/gradus-go/gradus"
)

// head returns the first number that the first head of the first layer finds at the last of the first
// three positions of a text. Its leaves are the query of that position, and the keys and the values of
// all, with the numbers that the model has.
func (m *model) head(text string) *gradus.Value {
	size := m.Width / m.Heads
	leaves := func(name string, x vector) vector {
		return each(size, func(j int) *gradus.Value {
			return gradus.New(x[j].Data).As(fmt.Sprintf("%s%d", name, j+1))
		})
	}
	var query vector
	var past memory
	tokens := m.tokens(text)
	positions := min(3, len(tokens)-1, m.Context)
	for p := range positions {
		x := norm(norm(add(m.embed.row(gradus.Const(tokens[p])), m.position[p])))
		query = leaves("q", m.layers[0].query.times(x))
		past.keys = append(past.keys, leaves(fmt.Sprintf("k%d_", p+1), m.layers[0].key.times(x)))
		past.values = append(past.values, leaves(fmt.Sprintf("v%d_", p+1), m.layers[0].value.times(x)))
	}
	mean := attention(query, past, 1)[0].As("mean1")
	for t, a := range mean.Parents()[:positions] { // a softmax is exp(fit − the largest fit)/sum
		e, sum := a.As(fmt.Sprintf("a%d", t+1)).Parents()[0], a.Parents()[1]
		fit, largest := e.Parents()[0].Parents()[0], e.Parents()[0].Parents()[1]
		e.As(fmt.Sprintf("e%d", t+1))
		fit.As(fmt.Sprintf("fit%d", t+1)).Parents()[0].As(fmt.Sprintf("qk%d", t+1))
		sum.As("sum")
		largest.As("largest")
	}
	mean.Backward()
	return mean
}
