package main

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gpt/internal/lesson"
	"github.com/gradus-go/gradus/examples/gpt/internal/pairs"
)

// count runs stage 0.
func (s *stage) count() {
	s.Begin(0)
	seen := min(s.Steps*s.Batch, len(s.texts))
	s.Prose("The pairs of neighbours in %d of the texts are counted, each once more than it occurs.", seen)
	s.fromPairs(nil, pairs.Count(s.texts[:seen], s.edge()+1).Loss())
}

// byHand runs stage 1.
func (s *stage) byHand(ctx context.Context) error {
	n := pairs.NewNetwork(s.edge()+1, s.Shape.Width, 4*s.Shape.Width, s.Draw)
	s.Begin(len(n.Params))
	_, hand := n.Gradient(s.texts[0])
	numeric := n.Numeric(s.texts[0])
	s.Prose("The gradient of the loss of %.60q, derived by hand, and central differences, which take "+
		"%d losses, differ by %.1g at most; the largest derivative is %.3f.",
		s.Texts[0], 2*len(hand), floats.Distance(hand, numeric, math.Inf(1)), floats.Norm(hand, math.Inf(1)))
	c := s.Curve(ctx, 0)
	err := c.End(n.Train(s.texts, s.Optimizer(), s.Steps, s.Batch, c.Add))
	if err == nil {
		s.fromPairs(c, n.Losses())
	}
	return err
}

// onValues runs stage 2.
func (s *stage) onValues(ctx context.Context) error {
	n, w := s.edge()+1, s.Shape.Width
	next := func(rows, columns int) matrix { return newMatrix("", rows, columns, s.Draw) }
	m := &pairModel{token: next(n, w), first: next(4*w, w), second: next(n, 4*w)}
	t, err := s.trainer(m)
	if err != nil {
		return err
	}
	c, err := s.descend(ctx, t, s.Optimizer(), 0)
	if err == nil {
		s.fromPairs(c, m.losses())
	}
	return err
}

// fromPairs prints the mean loss over all texts, and makes up new ones, given the losses of all pairs.
func (s *stage) fromPairs(c *lesson.Curve, losses pairs.Table) {
	mean, predictions := pairs.Count(s.texts, s.edge()+1).Mean(losses)
	s.Reached(c, mean, predictions)
	var texts []string
	for range s.Samples {
		text := ""
		for _, token := range losses.Sample(s.Rand.Choice, s.Temperature, s.edge(), s.Shape.Context) {
			text += string(s.letters[token])
		}
		texts = append(texts, text)
	}
	s.Made(texts)
}

// A pairModel is the network of package pairs, written with Values. Backward derives what stage 1
// derives by hand.
type pairModel struct{ token, first, second matrix }

func (m *pairModel) params() vector { return flat(m.token, m.first, m.second) }

// scores returns a score for each token as the next one after the given token.
func (m *pairModel) scores(token *gradus.Value) vector {
	return m.second.times(relu(m.first.times(m.token.row(token))))
}

func (m *pairModel) loss(tokens vector) *gradus.Value {
	return gradus.Mean(each(len(tokens)-1, func(p int) *gradus.Value {
		return surprise(m.scores(tokens[p]), tokens[p+1])
	})...)
}

// losses returns the loss of every pair.
func (m *pairModel) losses() pairs.Table {
	t := pairs.NewTable(len(m.token))
	for a := range t {
		scores := m.scores(gradus.Const(float64(a)))
		for b := range scores {
			t[a][b] = surprise(scores, gradus.Const(float64(b))).Data
		}
	}
	return t
}
