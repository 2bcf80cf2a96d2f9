package main

import (
	"maps"
	"slices"

	"github.com/gradus-go/gradus/replay"
)

// mean returns the mean loss over all predictions of all texts, and how many there are. The loss of a
// text is a mean over its own predictions, so that it counts as often as it has them.
func (t *trainer) mean(texts [][]float64) (mean float64, predictions int, err error) {
	if t.exact { // the last bits of a mean over thousands of texts are not worth the time
		t = &trainer{learner: t.learner, programs: map[int]*replay.Program{}}
	}
	inputs := map[int][]float64{} // of texts with as many tokens, one after the other
	for _, tokens := range texts {
		inputs[len(tokens)] = append(inputs[len(tokens)], tokens...)
	}
	for _, n := range slices.Sorted(maps.Keys(inputs)) {
		p, err := t.program(n)
		if err != nil {
			return 0, 0, err
		}
		for _, loss := range p.Batch(len(inputs[n])/n, 0).Forward(inputs[n]) {
			mean += loss * float64(n-1)
			predictions += n - 1
		}
	}
	return mean / float64(predictions), predictions, nil
}
