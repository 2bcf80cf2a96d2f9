package main

import (
	"cmp"
	"context"
	"io"
	"runtime/debug"

	"github.com/gradus-go/gradus/examples/gpt/internal/checkpoint"
	"github.com/gradus-go/gradus/examples/gpt/internal/lesson"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
)

// command runs the program with these arguments, until the context is cancelled at the latest, and
// returns the exit status.
func command(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	// Most of what recording allocates stays: to look for garbage at each doubling takes an eighth of the time.
	debug.SetGCPercent(400)
	return settings.Command(ctx, args, stdout, stderr, run)
}

// A stage is a run of a stage of the story.
type stage struct {
	*lesson.Lesson
	letters
	texts [][]float64 // the tokens of the texts, as far as the model can look
}

func run(ctx context.Context, w io.Writer, s settings.Settings) error {
	var saved *checkpoint.State
	if s.Load != "" {
		loaded, err := checkpoint.Load(s.Load)
		if err != nil {
			return err
		}
		saved, s.Stage, s.Seed, s.Shape = &loaded, loaded.Stage, loaded.Seed, loaded.Shape
	}
	l, err := lesson.New(w, s)
	if err != nil {
		return err
	}
	st := &stage{Lesson: l, letters: l.Letters}
	for _, text := range l.Used() {
		tokens := st.tokens(text)
		st.texts = append(st.texts, tokens[:min(len(tokens), s.Shape.Context+1)])
	}
	switch s.Stage {
	case 0:
		st.count()
	case 1:
		err = st.byHand(ctx)
	case 2:
		err = st.onValues(ctx)
	default:
		err = st.learn(ctx, saved)
	}
	return cmp.Or(err, l.Finish())
}
