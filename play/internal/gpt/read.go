package gpt

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/play/internal/written"
)

// edgeSign stands for the token that begins and ends every name.
const edgeSign = "•"

// Read runs the model and Backward on a name.
func (s *Session) Read(q Question) (Reading, error) {
	layer, err := whole("layer", q.Layer, 1, 1, s.Layers)
	if err != nil {
		return Reading{}, err
	}
	head, err := whole("head", q.Head, 1, 1, s.Heads)
	if err != nil {
		return Reading{}, err
	}
	tokens, note, err := s.typed(q.Name)
	if err != nil {
		return Reading{}, err
	}
	root := s.backward(tokens)
	r := Reading{Step: len(s.losses), Loss: loss(root.Data), Note: note, Layers: s.Layers, Heads: s.Heads}
	order := gradus.Topo(root)
	r.Nodes = len(order)
	for p, surprise := range root.Parents() { // of a mean
		r.Letters = append(r.Letters, s.letter(tokens, p, surprise))
	}
	r.Name = s.text(tokens[1:min(len(tokens), s.Context+1)])
	for p, weights := range s.weights(order, layer-1, head-1) {
		l := Look{Letter: s.sign(tokens[p])}
		for _, w := range weights {
			l.Weights = append(l.Weights, Cell{written.Of(w), fmt.Sprintf("%.2f", w), w})
		}
		r.Looks = append(r.Looks, l)
	}
	r.Pulls = s.pulls(tokens[:len(root.Parents())])
	return r, nil
}

// typed returns the tokens of a name that someone has typed, as far as the model reads them. note says what
// was changed.
func (s *Session) typed(name string) (tokens []float64, note string, err error) {
	const longest = 64
	if s.wrong != nil {
		return nil, "", s.wrong
	}
	letters := s.model.letters
	first, last := letters[0], letters[len(letters)-1]
	text := strings.ToLower(strings.TrimSpace(name))
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return nil, "", fmt.Errorf("there is no name: want one of the letters %c to %c", first, last)
	case n > longest:
		return nil, "", fmt.Errorf("the name has %d letters, want at most %d", n, longest)
	}
	for _, c := range text {
		if !slices.Contains(letters, c) {
			return nil, "", fmt.Errorf("the model has no token for %q: "+
				"it has seen names of the letters %c to %c alone", c, first, last)
		}
	}
	tokens = s.model.tokens(text)
	if len(tokens) > s.Context+1 {
		tokens = tokens[:s.Context+1]
		note = fmt.Sprintf("The model has %d positions: it predicts the first %d letters of this name alone.",
			s.Context, s.Context)
	}
	return tokens, note, nil
}

// backward builds the graph of the loss of a name, with the parameters as they are, and runs Backward.
func (s *Session) backward(tokens []float64) *gradus.Value {
	s.trainer.shared.Store()
	root := s.model.loss(constants(tokens))
	root.ZeroGrad() // of what another name has left in the parameters
	root.Backward()
	return root
}

// constants returns numbers as constants.
func constants(x []float64) vector {
	return each(len(x), func(i int) *gradus.Value { return gradus.Const(x[i]) })
}

// sign returns how a token is shown.
func (s *Session) sign(token float64) string {
	if i := int(token); i < s.model.edge() {
		return string(s.model.letters[i])
	}
	return edgeSign
}

// text returns how tokens are shown.
func (s *Session) text(tokens []float64) (text string) {
	for _, t := range tokens {
		text += s.sign(t)
	}
	return strings.TrimSuffix(text, edgeSign)
}

// letter returns what the model predicted at position p, given the surprise: ln Σ e^score − score.
func (s *Session) letter(tokens []float64, p int, surprise *gradus.Value) Letter {
	l := Letter{
		Letter: s.sign(tokens[p+1]), Size: surprise.Data,
		Surprise: loss(surprise.Data), Probability: percent(math.Exp(-surprise.Data)),
	}
	for _, t := range tokens[:p+1] {
		l.Before += s.sign(t)
	}
	all := surprise.Parents()[0]
	scores := numbers(all.Parents())
	for _, i := range descending(scores)[:3] {
		l.Likely = append(l.Likely, Likely{s.sign(float64(i)), percent(math.Exp(scores[i] - all.Data))})
	}
	return l
}

// descending returns the indices of x, that of the largest first.
func descending(x []float64) []int {
	order := make([]int, len(x))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(x[j], x[i]) })
	return order
}

// percent writes a probability in percent; all its digits are those of the probability itself.
func percent(x float64) written.Number {
	n := written.Of(x)
	n.Text = fmt.Sprintf("%.2g%%", 100*x)
	if x >= 0.1 {
		n.Text = fmt.Sprintf("%.0f%%", 100*x)
	}
	return n
}

// weights returns, for each position, the weights that a head of a layer gives to itself and to those before.
// It finds them in the graph: the matrix join multiplies what the heads have found, each number of which is a
// dot product of the weights and a column of the values.
func (s *Session) weights(order []*gradus.Value, layer, head int) [][]float64 {
	first, size := s.model.layers[layer].join[0][0], s.Width/s.Heads
	var all [][]float64
	for _, v := range order {
		if x := v.Parents(); len(x) == 2*s.Width && x[0] == first {
			mean := x[s.Width+head*size].Parents()
			all = append(all, numbers(mean[:len(mean)/2]))
		}
	}
	slices.SortFunc(all, func(x, y []float64) int { return cmp.Compare(len(x), len(y)) })
	return all
}

// signs are those of numbers less than 0, equal and more.
var signs = map[int]string{-1: "−", 0: "0", 1: "+"}

// pulls returns the gradients of the rows of tokens.
func (s *Session) pulls(tokens []float64) (pulls []Pull) {
	var seen []float64
	most := 0.0
	for _, t := range tokens {
		if slices.Contains(seen, t) {
			continue
		}
		seen = append(seen, t)
		row := make([]float64, s.Width)
		for j, v := range s.model.embed[int(t)] {
			row[j] = v.Grad
			most = max(most, math.Abs(v.Grad))
		}
		p := Pull{Letter: s.sign(t), Norm: written.Of(floats.Norm(row, 2))}
		for _, x := range row {
			p.Cells = append(p.Cells, Cell{written.Of(x), signs[cmp.Compare(x, 0)], x})
		}
		pulls = append(pulls, p)
	}
	if most > 0 {
		for _, p := range pulls {
			for j := range p.Cells {
				p.Cells[j].Shade /= most
			}
		}
	}
	return pulls
}
