package main

import (
	"context"
	"math"
	"os"
	"os/signal"
	"slices"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/replay"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // so that a second Ctrl-C ends the program at once
	os.Exit(command(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// # 1. Tokens

// Letters are the characters of all texts, in their order. The token of a character is its number in this
// list. One more token, the end, stands at the beginning and at the end of every text.
type letters []rune

func (l letters) end() int { return len(l) }

// tokens returns the tokens of a text, as numbers that a graph computes with.
func (l letters) tokens(text string) []float64 {
	tokens := append(make([]float64, 0, len(text)+2), float64(l.end()))
	for _, c := range text {
		i, _ := slices.BinarySearch(l, c)
		tokens = append(tokens, float64(i))
	}
	return append(tokens, float64(l.end()))
}

// # 2. The model

// A vector is a list of numbers that remember how they were computed.
type vector = []*gradus.Value

// A matrix is a list of rows. Times multiplies it by a vector: every result is a weighted sum of x, whose
// weights are a row. All that the model learns are such weights.
type matrix []vector

func (w matrix) times(x vector) vector {
	return each(len(w), func(i int) *gradus.Value { return gradus.Dot(w[i], x) })
}

// row is w[i] for an i that is a number of the graph, such as a token: it picks from each column.
func (w matrix) row(i *gradus.Value) vector {
	return each(len(w[0]), func(j int) *gradus.Value { return gradus.Pick(i, column(w, j)...) })
}

// A model predicts, from the tokens of a text so far, which token comes next.
type model struct {
	letters
	shape
	token    matrix  // a row for each token: what it means, as a list of numbers
	position matrix  // a row for each position in a text
	layers   []layer // one after the other, each improves the list
	out      matrix  // a row for each token: how well it would come next
	all      vector  // the parameters
}

// A layer has two parts. In the first, attention, a position looks at those before it. It asks with a query,
// which meets the keys of the others, and takes their values. The second looks at a position alone.
type layer struct{ query, key, value, join, first, second matrix }

// A memory holds, for a layer, the keys and the values of the positions so far.
type memory struct{ keys, values []vector }

// next returns a score for each token as the next one after the given token, which is at position p. It looks
// up what it needs of the positions before in past, to which it adds.
func (m *model) next(token *gradus.Value, p int, past []memory) vector {
	x := norm(add(m.token.row(token), m.position[p]))
	for i, l := range m.layers {
		h := norm(x)
		past[i].keys = append(past[i].keys, l.key.times(h))
		past[i].values = append(past[i].values, l.value.times(h))
		h = attention(l.query.times(h), past[i], m.Heads)
		x = add(l.join.times(h), x) // what the layer finds is added, so that gradients reach what is below
		x = add(l.second.times(relu(l.first.times(norm(x)))), x)
	}
	return m.out.times(x)
}

// norm divides x by the root of its mean square, so that its numbers are neither large nor small.
func norm(x vector) vector {
	scale := gradus.Dot(x, x).Div(len(x)).Add(1e-5).Pow(-0.5)
	return each(len(x), func(i int) *gradus.Value { return x[i].Mul(scale) })
}

// attention returns a mean of the values of all positions so far, for each head of its own: a head has its
// part of the query, the keys and the values. The better a key fits the query, the more its value counts.
func attention(query vector, past memory, heads int) (means vector) {
	size := len(query) / heads
	for start := 0; start < len(query); start += size {
		part := func(x vector) vector { return x[start : start+size] }
		fit := each(len(past.keys), func(t int) *gradus.Value {
			return gradus.Dot(part(query), part(past.keys[t])).Div(math.Sqrt(float64(size)))
		})
		weights := gradus.Softmax(fit...) // positive, with the sum 1
		for j := range size {
			means = append(means, gradus.Dot(weights, column(past.values, start+j)))
		}
	}
	return means
}

// loss returns how surprised the model is by a text: the mean, over its positions, of −ln of the probability
// that it gives to the token that does come next.
func (m *model) loss(tokens vector) *gradus.Value {
	past := make([]memory, len(m.layers))
	return gradus.Mean(each(len(tokens)-1, func(p int) *gradus.Value {
		return surprise(m.next(tokens[p], p, past), tokens[p+1])
	})...)
}

// surprise is −ln softmax(scores)[token].
func surprise(scores vector, token *gradus.Value) *gradus.Value {
	return gradus.LogSumExp(scores...).Sub(gradus.Pick(token, scores...))
}

// # 3. Training

// A trainer has a recording of the loss for each number of tokens that a text can have. All of them share the
// parameters and the gradient.
type trainer struct {
	learner
	exact    bool // to the bit as without a recording, and slower
	programs map[int]*replay.Program
	shared   *replay.Program
}

// program returns the recording for so many tokens. It is made when the first such text comes.
func (t *trainer) program(tokens int) (*replay.Program, error) {
	if p := t.programs[tokens]; p != nil {
		return p, nil
	}
	inputs := gradus.Values(make([]float64, tokens))
	r := replay.Recorder{Inputs: inputs, Exact: t.exact, Share: t.shared}
	if t.shared == nil {
		r.Params = t.params()
	}
	p, err := r.Record(t.loss(inputs))
	if err == nil {
		t.programs[tokens], t.shared = p, p
	}
	return p, err
}

// train takes steps: it computes the losses of a batch of texts and their gradients, in the order of the
// texts, and the optimiser moves every parameter against the mean gradient. After each step it calls done.
func (t *trainer) train(
	texts [][]float64, o optim.Optimizer, from, to, batch int, done func(loss float64) error,
) error {
	grad := make([]float64, len(t.params()))
	for step := from; step < to; step++ {
		clear(grad)
		mean := 0.0
		for i := range batch {
			tokens := texts[(step*batch+i)%len(texts)]
			p, err := t.program(len(tokens))
			if err != nil {
				return err
			}
			mean += p.Forward(tokens...) / float64(batch)
			p.Backward()
			floats.AddScaled(grad, 1/float64(batch), p.Grad())
		}
		o.Step(t.shared.Data(), grad)
		if err := done(mean); err != nil {
			return err
		}
	}
	return nil
}

// # 4. Sampling

// sample makes up a text. It draws one token after the other, with the probabilities that the model gives to
// them. A temperature below 1 makes likely ones likelier.
func (m *model) sample(tape *gradus.Tape, choice func([]float64) int, temperature float64) (text string) {
	past, token := make([]memory, len(m.layers)), m.end()
	tape.Reset()
	for p := range m.Context {
		scores := m.next(tape.New(float64(token)), p, past)
		scores = each(len(scores), func(i int) *gradus.Value { return scores[i].Div(temperature) })
		if token = choice(numbers(gradus.Softmax(scores...))); token == m.end() {
			break
		}
		text += string(m.letters[token])
	}
	return text
}
