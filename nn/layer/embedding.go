package layer

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/internal/params"
)

// An Embedding stands for tokens, such as letters or words, by rows of a table, whose numbers are trained
// like all others. It is what PyTorch's Embedding computes.
//
//	z[p, j] = Table[xₚ][j]
//
// Token 3 has the row Table[3], as for [gradus.Pick], whose numbers are named token3.w1 and so on.
// [NewEmbedding] makes an Embedding of the first fields. There is no need to set Table: if it is set, it is
// used, so that two embeddings can have the same.
type Embedding struct {
	Tokens int     // how many tokens there are
	Width  int     // how many numbers stand for a token
	Init   nn.Init // draws the numbers, with fanIn = Tokens and fanOut = Width; if it is nil, Normal(0, 1)

	Table [][]*gradus.Value // a row for each token
}

// NewEmbedding returns the embedding that d describes. Its initial numbers are drawn from rng, row by row.
//
// It panics if d.Tokens or d.Width is less than 1, if a Table that is set has another size, or if rng is nil
// and the Init draws from it.
func NewEmbedding(rng *rand.Rand, d Embedding) *Embedding {
	mustBe(d.Tokens > 0 && d.Width > 0, "NewEmbedding: got %d Tokens and Width %d, want at least 1 of each",
		d.Tokens, d.Width)
	mustBe(d.Tokens <= mostNumbers/d.Width, "NewEmbedding: got %d Tokens and Width %d, want at most 2³⁰ numbers",
		d.Tokens, d.Width)
	if d.Table == nil {
		draw := d.Init
		if draw == nil {
			draw = nn.Normal(0, 1)
		}
		all := gradus.Values(make([]float64, d.Tokens*d.Width))
		d.Table = make([][]*gradus.Value, d.Tokens)
		for t := range d.Table {
			d.Table[t] = all[t*d.Width:][:d.Width:d.Width]
			for j, v := range d.Table[t] {
				v.As(fmt.Sprintf("token%d.w%d", t, j+1)).Data = draw(rng, d.Tokens, d.Width)
			}
		}
	}
	d.check("NewEmbedding")
	return &d
}

func (e *Embedding) check(who string) {
	mustBe(e != nil, "%s: the Embedding is nil, want one made by NewEmbedding", who)
	mustBe(e.Tokens > 0 && e.Width > 0, "%s: the Embedding has %d Tokens and Width %d, want at least 1 of each",
		who, e.Tokens, e.Width)
	mustBe(len(e.Table) == e.Tokens, "%s: Table has %d rows, want %d, one for each of Tokens",
		who, len(e.Table), e.Tokens)
	for t, row := range e.Table {
		mustBe(len(row) == e.Width, "%s: Table[%d] has %d numbers, want %d", who, t, len(row), e.Width)
	}
}

// Forward returns the rows of tokens one after the other. A token is the number of its row, counted from 0.
// What is no such number has a row of NaNs.
//
// It panics if there are no tokens, if one is nil, or if e was not made by [NewEmbedding].
func (e *Embedding) Forward(tokens ...*gradus.Value) []*gradus.Value {
	e.check("Embedding.Forward")
	mustBe(len(tokens) > 0, "Embedding.Forward: got no tokens, want one or more")
	mustBeValues("Embedding.Forward", tokens)
	var z []*gradus.Value
	column := make([]*gradus.Value, e.Tokens)
	for _, token := range tokens {
		for j := range e.Width {
			for t, row := range e.Table {
				column[t] = row[j]
			}
			z = append(z, gradus.Pick(token, column...))
		}
	}
	return z
}

// Params returns the table, row by row.
//
// It panics if e was not made by [NewEmbedding].
func (e *Embedding) Params() []*gradus.Value {
	e.check("Embedding.Params")
	return params.Once(slices.Concat(e.Table...))
}
