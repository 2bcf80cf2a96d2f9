package gpt

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/corpus"
	"github.com/gradus-go/gradus/internal/mersenne"
	"github.com/gradus-go/gradus/internal/recipe"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/play/internal/written"
	"github.com/gradus-go/gradus/replay"
)

// names are those that the program carries, in their order.
var names = sync.OnceValues(corpus.Names)

// A Session is a model in training. It draws the same random numbers as the example gpt with the same
// settings, so that it has the same losses and makes up the same names.
type Session struct {
	settings Settings
	plan
	texts   []string // in the order of training
	model   *model
	trainer *trainer
	adam    optim.Optimizer
	losses  []float64 // one for each step so far
	means   []float64 // of the last losses up to each one
	rows    []Row
	wrong   error // why training cannot go on
	tokens  [][]float64
	made    sampler
	tape    gradus.Tape
}

// NewSession returns a model before its first step.
func NewSession(settings Settings) (*Session, error) {
	c, err := names()
	if err != nil {
		return nil, err
	}
	s := &Session{settings: settings, texts: slices.Clone(c.Texts)}
	s.losses, s.means, s.rows = []float64{}, []float64{}, []Row{} // nil would be null in JSON
	if s.plan, err = settings.plan(len(c.Letters)); err != nil {
		return nil, err
	}
	random := mersenne.NewPython(s.seed)
	random.Shuffle(len(s.texts), func(i, j int) { s.texts[i], s.texts[j] = s.texts[j], s.texts[i] })
	s.model = newModel(c.Letters, s.Shape, func() float64 { return random.Gauss(recipe.Deviation) })
	for _, text := range s.texts[:min(len(s.texts), s.steps*s.batch)] {
		tokens := s.model.tokens(text)
		s.tokens = append(s.tokens, tokens[:min(len(tokens), s.Context+1)])
	}
	s.adam = recipe.Adam(recipe.Falling(s.rate, s.steps))
	s.trainer = &trainer{learner: s.model, programs: map[int]*replay.Program{}}
	_, err = s.trainer.program(len(s.tokens[0]))
	return s, err
}

// random returns the generator as the example has it after training: the order of the names and the
// parameters were drawn.
func (s *Session) random() *mersenne.Python {
	r := mersenne.NewPython(s.seed)
	r.Shuffle(len(s.texts), func(int, int) {})
	for range s.model.all {
		r.Gauss(1)
	}
	return r
}

// A Setup is what there is to know about a session before its first step.
type Setup struct {
	Progress
	Fields      []Field        `json:"fields"`
	About       string         `json:"about"`
	Alike       written.Number `json:"alike"`       // the loss if all tokens were alike
	Temperature float64        `json:"temperature"` // if none is asked for
}

// setup returns what there is to know about a session.
func (s *Session) setup() Setup {
	tokens := s.model.edge() + 1
	about := fmt.Sprintf("%s %s. Of them the model sees %s. It has %s parameters: numbers that it learns.",
		written.Count(len(s.texts)), corpus.Source, written.Count(len(s.tokens)), written.Count(len(s.model.all)))
	return Setup{s.progress(0), s.fields(), about, loss(math.Log(float64(tokens))), recipe.Temperature}
}
