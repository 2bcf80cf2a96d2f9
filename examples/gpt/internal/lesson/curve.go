package lesson

import (
	"context"
	"fmt"

	"github.com/schollz/progressbar/v3"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/internal/recipe"
)

// A Curve holds the losses of steps.
type Curve struct {
	Losses []float64

	lesson *Lesson
	ctx    context.Context //nolint:containedctx // of one training, which the curve is made for
	bar    *progressbar.ProgressBar
	from   int       // the number of steps that were done before
	means  []float64 // of the last losses up to each one
}

// Curve prints the head of a table of losses. The first that is added is that of the step after from.
func (l *Lesson) Curve(ctx context.Context, from int) *Curve {
	c := &Curve{lesson: l, ctx: ctx, from: from}
	c.bar = progress.New(l.Terminal, max(0, l.Steps-from), "training")
	if from >= l.Steps {
		l.Prose("The model has had %s. With more -steps, training goes on.", settings.Number(from, "step", "steps"))
		return c
	}
	if from > 0 {
		l.Prose("Training goes on after step %d, as if it had not been interrupted if -batch, -rate, -steps and "+
			"-data are the same.", from)
	}
	l.Printf("%7s%20s%24s\n", "step", "loss of "+c.of(), fmt.Sprintf("mean of the last %d", recipe.Window))
	return c
}

// of names what the loss of a step is that of.
func (c *Curve) of() string {
	if c.lesson.Batch == 1 {
		return "one text"
	}
	return "its texts"
}

// Add adds the loss of a step, and prints about ten of them. It returns an error if training must end:
// if it was interrupted, or if the loss is not a finite number.
func (c *Curve) Add(loss float64) error {
	step := c.from + len(c.Losses) + 1
	if !finite.All(loss) {
		return fmt.Errorf("the loss of step %d is %v: the steps are too large; want a smaller -rate than %v",
			step, loss, c.lesson.Peak())
	}
	c.Losses = append(c.Losses, loss)
	last, sum := c.Losses[max(0, len(c.Losses)-recipe.Window):], 0.0
	for _, x := range last {
		sum += x
	}
	c.means = append(c.means, sum/float64(len(last)))
	_ = c.bar.Add(1)
	every := max(1, c.lesson.Steps/10)
	err := c.ctx.Err()
	if step == 1 || step%every == 0 || step == c.lesson.Steps || err != nil {
		_ = c.bar.Clear()
		mean := "–"
		if len(last) == recipe.Window {
			mean = fmt.Sprintf("%.4f", c.means[len(c.means)-1])
		}
		c.lesson.Printf("%7d%20.4f%24s\n", step, loss, mean)
	}
	return err
}

// End ends the table. Given the error with which training ended, it returns that or, if it was an
// interruption, prints after which step.
func (c *Curve) End(err error) error {
	_ = c.bar.Finish()
	if err != nil && c.ctx.Err() != nil {
		c.lesson.Printf("interrupted after step %d of %d\n", c.steps(), c.lesson.Steps)
		return nil
	}
	return err
}

// steps returns how many steps were done, those before the first loss among them.
func (c *Curve) steps() int { return c.from + len(c.Losses) }

// chart draws the losses, and the mean loss over all texts at the end. There must be a loss.
func (c *Curve) chart(mean float64) chart.Chart {
	const most = 250 // points; more would cover each other
	every := (len(c.Losses) + most - 1) / most
	points, means := chart.Series{Name: c.of(), Style: chart.Points}, chart.Series{}
	if every > 1 {
		points.Name += fmt.Sprintf(", of every %dth step", every)
	}
	means.Name = fmt.Sprintf("mean of the last %d", recipe.Window)
	for i, loss := range c.Losses {
		at := float64(c.from + i + 1)
		if i%every == 0 {
			points.Add(at, loss)
		}
		if i+1 >= min(recipe.Window, len(c.Losses)) { // before, the mean is one of fewer losses
			means.Add(at, c.means[i])
		}
	}
	return chart.Chart{
		Title: fmt.Sprintf("GPT, stage %d: loss by step", c.lesson.Stage),
		X:     chart.Axis{Label: "step", Whole: true}, Y: chart.Axis{Label: "nats a token"},
		Series: []chart.Series{points, means},
		Levels: []chart.Level{{Name: "mean over all texts, at the end", Y: mean}},
	}
}
