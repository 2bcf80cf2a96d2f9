package gpt

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/player"
)

// Detail asks for a part of the graph of a name, to step through Backward.
type Detail struct {
	Settings
	Name, Letter string // a letter is counted from 1
	Part         string // "loss" or "head"
}

// Part is a graph to step through: what mountStepper of package player takes, and the markup around it.
type Part struct {
	Data     *player.Player    `json:"data"`
	Parts    map[string]string `json:"parts"`
	Fragment string            `json:"fragment"`
	About    string            `json:"about"`
}

// Part returns a part of the graph of a name, small enough to see all of it.
func (s *Session) Part(d Detail) (Part, error) {
	tokens, _, err := s.typed(d.Name)
	if err != nil {
		return Part{}, err
	}
	letter, err := whole("letter", d.Letter, 1, 1, len(tokens)-1)
	if err != nil {
		return Part{}, err
	}
	var root *gradus.Value
	p := Part{About: "One number that the first head of the first layer finds: it compares the query q of a " +
		"position with the keys k, and takes a mean of the values v."}
	switch d.Part {
	case "", "loss":
		root = s.lossOf(tokens, letter-1)
		p.About = fmt.Sprintf("The loss is the mean of %d surprises: s is that of letter %d, s_others the sum "+
			"of the others. A surprise is the logarithm of the sum of all e^score, minus the score of the right "+
			"letter. The scores z are leaves here, those that are not likely together in z_others: the "+
			"gradients are those of the whole graph.", len(tokens)-1, letter)
	case "head":
		s.trainer.shared.Store()
		root = s.model.head(s.text(tokens[1:]))
	default:
		return Part{}, fmt.Errorf("the part is %.20q, want loss or head", d.Part)
	}
	p.Data = player.New(root)
	p.Parts, p.Fragment = p.Data.Parts(), player.Fragment()
	return p, nil
}

// lossOf returns the graph of the loss with a leaf in place of all surprises but one, and of its scores:
// those of the likeliest letters and of the right one have a leaf each, and all others one together, which is
// the logarithm of their sum of e^score. The numbers and the gradients are those of the whole graph.
func (s *Session) lossOf(tokens []float64, at int) *gradus.Value {
	const likely = 3
	whole := s.backward(tokens).Parents()
	scores, right := whole[at].Parents()[0].Parents(), int(tokens[at+1])
	z := vector{gradus.New(scores[right].Data).As(s.score(right))}
	var others []float64
	for _, i := range descending(numbers(scores)) {
		switch {
		case i == right:
		case len(z) <= likely:
			z = append(z, gradus.New(scores[i].Data).As(s.score(i)))
		default:
			others = append(others, scores[i].Data)
		}
	}
	z = append(z, gradus.New(gradus.LogSumExp(constants(others)...).Data).As("z_others"))
	surprise, rest := gradus.LogSumExp(z...).As("all").Sub(z[0]).As("s"), 0.0
	for p, v := range whole {
		if p != at {
			rest += v.Data
		}
	}
	return surprise.Add(gradus.New(rest).As("s_others")).Div(len(whole)).As("loss")
}

// score returns the name of the score of a token.
func (s *Session) score(token int) string {
	if token == s.model.edge() {
		return "z_end"
	}
	return "z_" + s.sign(float64(token))
}
