package gpt

import (
	"slices"
	"sync"
	"time"

	"github.com/gradus-go/gradus/internal/mersenne"
)

// A sampler has made up names with the model of a step.
type sampler struct {
	random      *mersenne.Python
	step        int
	temperature float64
	names       []Made
}

// A Made name was made up.
type Made struct {
	Text string `json:"text"`
	Old  bool   `json:"old"` // it is among those from which the model learns
}

// Sampling asks for names.
type Sampling struct {
	Asked
	Count int // how many, up to mostNames
}

const mostNames = 200

// Names are made up by the model as it is.
type Names struct {
	Step  int    `json:"step"`
	Names []Made `json:"names"`
	Old   int    `json:"old"` // how many of them are old
	More  bool   `json:"more"`
}

// known has the names that the program carries.
var known = sync.OnceValue(func() map[string]bool {
	c, _ := names()
	known := make(map[string]bool, len(c.Texts))
	for _, text := range c.Texts {
		known[text] = true
	}
	return known
})

// Sample makes up names for the time of a slice. They are those that the example would make up, were it
// stopped after the same step.
func (s *Session) Sample(a Sampling) (Names, error) {
	t, err := temperature(a.Temperature)
	if err != nil {
		return Names{}, err
	}
	if s.wrong != nil {
		return Names{}, s.wrong
	}
	if step := len(s.losses); s.made.random == nil || s.made.step != step || s.made.temperature != t {
		s.made = sampler{random: s.random(), step: step, temperature: t}
		s.trainer.shared.Store()
	}
	count := min(max(a.Count, 0), mostNames)
	for end := time.Now().Add(slice); len(s.made.names) < count; {
		text := s.model.sample(&s.tape, s.made.random.Choice, t)
		s.made.names = append(s.made.names, Made{text, known()[text]})
		if time.Now().After(end) {
			break
		}
	}
	n := Names{Step: s.made.step, Names: slices.Clone(s.made.names[:min(count, len(s.made.names))])}
	for _, name := range n.Names {
		if name.Old {
			n.Old++
		}
	}
	n.More = len(n.Names) < count
	return n, nil
}
