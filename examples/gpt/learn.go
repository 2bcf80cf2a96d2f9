package main

import (
	"context"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gpt/internal/checkpoint"
	"github.com/gradus-go/gradus/examples/gpt/internal/lesson"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
	"github.com/gradus-go/gradus/examples/internal/outputs"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/replay"
)

// A learner is a model that has parameters, and a loss of a text that training makes smaller.
type learner interface {
	params() vector
	loss(tokens vector) *gradus.Value
}

// learn runs a stage with attention. It goes on with what was saved, if that is not nil.
func (s *stage) learn(ctx context.Context, saved *checkpoint.State) error {
	if err := checkpoint.CheckGraph(s.Shape, len(s.letters)); err != nil {
		return program.Usagef("%v", err)
	}
	m := newModel(s.letters, s.Shape, s.Draw)
	o, from := s.Optimizer(), 0
	t, err := s.trainer(m)
	if err != nil {
		return err
	}
	if saved != nil {
		if err := saved.Restore(string(s.letters), m.params(), t.shared.Params(), o); err != nil {
			return fmt.Errorf("%s: %w", s.Load, err)
		}
		t.shared.Load()
		from = saved.Optimizer.Steps
	}
	c, err := s.descend(ctx, t, o, from)
	if err != nil {
		return err
	}
	// A second Ctrl-C ends the program at once. The model is kept by then.
	if err := s.Keep(m.params(), t.shared.Params(), o); err != nil {
		return err
	}
	if !s.Quick {
		mean, predictions, err := t.mean(s.texts)
		if err != nil {
			return err
		}
		s.Reached(c, mean, predictions)
	}
	var tape gradus.Tape
	var made []string
	for range s.Samples {
		made = append(made, m.sample(&tape, s.Rand.Choice, s.Temperature))
	}
	s.Made(made)
	s.Kept()
	return outputs.SaveGraph(s.Report, s.Show, m.head(s.Texts[0]))
}

// trainer returns the trainer of a model. It has a recording of the first text, which decides in which
// order the optimiser sees the parameters: the same in all runs.
func (s *stage) trainer(m learner) (*trainer, error) {
	t := &trainer{learner: m, exact: s.Mode == settings.Exact, programs: map[int]*replay.Program{}}
	_, err := t.program(len(s.texts[0]))
	return t, err
}

// descend trains a model, in the mode that the flags say, and prints the losses. Then the Values and the
// recordings have the new parameters.
func (s *stage) descend(ctx context.Context, t *trainer, o optim.Optimizer, from int) (*lesson.Curve, error) {
	s.Begin(len(t.params()))
	c, train, finish := s.Curve(ctx, from), t.train, t.shared.Store
	if s.Mode == settings.Eager {
		train, finish = t.trainEagerly, t.shared.Load
	}
	err := train(s.texts, o, from, s.Steps, s.Batch, c.Add)
	finish()
	return c, c.End(err)
}
