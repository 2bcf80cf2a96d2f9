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

// Letters are the different characters of all texts, each once, sorted. The token of a character is its index
// here. One more token, the edge, stands before and behind every text.
type letters []rune

func (l letters) edge() int { return len(l) }

// tokens returns the tokens of a text of these letters, as inputs of a graph.
func (l letters) tokens(text string) []float64 {
	tokens := append(make([]float64, 0, len(text)+2), float64(l.edge()))
	for _, c := range text {
		i, _ := slices.BinarySearch(l, c)
		tokens = append(tokens, float64(i))
	}
	return append(tokens, float64(l.edge()))
}

// # 2. The model

// A vector is a list of numbers that remember how they were computed: together they form a graph.
type vector = []*gradus.Value

// A matrix is a list of rows. All that the model learns are the numbers in matrices.
type matrix []vector

// times multiplies w by x: result i is the sum of all w[i][j]·x[j].
func (w matrix) times(x vector) vector {
	return each(len(w), func(i int) *gradus.Value { return gradus.Dot(w[i], x) })
}

// row is w[i]. The graph itself picks it, so that it can be replayed with another i.
func (w matrix) row(i *gradus.Value) vector {
	return each(len(w[0]), func(j int) *gradus.Value { return gradus.Pick(i, column(w, j)...) })
}

// A model predicts, from the tokens of a text so far, which token comes next.
type model struct {
	letters
	shape            // Width, Heads, Layers, Context
	embed    matrix  // a row for each token: the numbers that stand for it, as many as Width says
	position matrix  // a row for each of Context positions in a text
	layers   []layer // in turn, each refines the numbers
	out      matrix  // a row for each token: multiplied by the numbers, it is the token's score
	all      vector  // the numbers in all matrices: the parameters
}

// A layer has two parts. In attention, a position compares its query with the keys of itself and of those
// before, and takes a mean of their values, in several heads, which join mixes. In the second part a position
// is by itself: widen makes 4·Width numbers, and narrow makes Width of them again, as in all other matrices.
type layer struct{ query, key, value, join, widen, narrow matrix }

// A memory holds, for a layer, the keys and the values of the positions so far.
type memory struct{ keys, values []vector }

// scores returns a score for each token as the next one after the given token, which is at position p. It is
// to be called for p = 0, 1, 2 and so on with the same past, which it extends: nothing in it is later than p.
func (m *model) scores(token *gradus.Value, p int, past []memory) vector {
	x := norm(add(m.embed.row(token), m.position[p]))
	for i, l := range m.layers { // each part adds to x, so that gradients have a way past it
		h := norm(x)
		past[i].keys = append(past[i].keys, l.key.times(h))
		past[i].values = append(past[i].values, l.value.times(h))
		x = add(l.join.times(attention(l.query.times(h), past[i], m.Heads)), x)
		x = add(l.narrow.times(relu(l.widen.times(norm(x)))), x)
	}
	return m.out.times(x)
}

// norm divides x by the root of its mean square, which then is 1; the 1e-5 avoids 0/0.
func norm(x vector) vector {
	scale := gradus.Dot(x, x).Div(len(x)).Add(1e-5).Pow(-0.5)
	return each(len(x), func(i int) *gradus.Value { return x[i].Mul(scale) })
}

// attention returns, head by head, a weighted mean of the values of all positions so far. A head has its own
// part of the query, of each key and of each value. The better a key fits the query, the more its value
// weighs.
func attention(query vector, past memory, heads int) (means vector) {
	size := len(query) / heads // without a rest
	for start := 0; start < len(query); start += size {
		part := func(x vector) vector { return x[start : start+size] }
		fits := each(len(past.keys), func(t int) *gradus.Value { // a sum of size products grows like √size
			return gradus.Dot(part(query), part(past.keys[t])).Div(math.Sqrt(float64(size)))
		})
		weights := gradus.Softmax(fits...) // positive, with the sum 1
		for j := range size {
			means = append(means, gradus.Dot(weights, column(past.values, start+j)))
		}
	}
	return means
}

// loss returns how surprised the model is by a text: the mean over all tokens but the first, of which it
// predicts each from those before. A text of 6 letters has 7 predictions.
func (m *model) loss(tokens vector) *gradus.Value {
	past := make([]memory, len(m.layers))
	return gradus.Mean(each(len(tokens)-1, func(p int) *gradus.Value { // p = 0, 1, 2 …
		return surprise(m.scores(tokens[p], p, past), tokens[p+1])
	})...)
}

// surprise is −ln of the probability of a token, e^score/Σ e^score, which is ln Σ e^score − score.
func surprise(scores vector, token *gradus.Value) *gradus.Value {
	return gradus.LogSumExp(scores...).Sub(gradus.Pick(token, scores...))
}

// # 3. Training

// A trainer records the graph of the loss once for each number of tokens that it meets, and replays it.
type trainer struct {
	learner       // what learns: it has parameters and a loss
	exact    bool // computes the same bits as without recordings, and is slower
	programs map[int]*replay.Program
	shared   *replay.Program // any of the programs: all have the same parameters and gradient
}

// program returns the recording for so many tokens.
func (t *trainer) program(tokens int) (*replay.Program, error) {
	if p := t.programs[tokens]; p != nil {
		return p, nil
	}
	inputs := gradus.Values(make([]float64, tokens)) // Forward replaces the zeros
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

// train takes the steps from … to−1, each with a batch of the next texts, from the first after the last.
// The optimiser changes the parameters by the mean gradient of the batch. Then done gets its mean loss.
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
			p.Backward() // sets Grad
			floats.AddScaled(grad, 1/float64(batch), p.Gradient())
		}
		o.Step(t.shared.Numbers(), grad)
		if err := done(mean); err != nil {
			return err
		}
	}
	return nil
}

// # 4. Sampling

// sample makes up a text: it draws one token after the other with the probabilities that the model gives to
// them, to the power of 1/temperature, up to the edge or as far as the model can look.
func (m *model) sample(tape *gradus.Tape, choice func([]float64) int, temperature float64) (text string) {
	past, token := make([]memory, len(m.layers)), m.edge()
	tape.Reset()
	for p := range m.Context {
		z := m.scores(tape.New(float64(token)), p, past)
		z = each(len(z), func(i int) *gradus.Value { return z[i].Div(temperature) })
		if token = choice(numbers(gradus.Softmax(z...))); token == m.edge() {
			break
		}
		text += string(m.letters[token])
	}
	return text
}
