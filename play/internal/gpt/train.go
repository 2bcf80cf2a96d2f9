package gpt

import (
	"errors"
	"fmt"
	"time"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/recipe"
	"github.com/gradus-go/gradus/play/internal/written"
)

// A Row of the table of training is what the example prints about a step, and the first names that it would
// make up if it were stopped there.
type Row struct {
	Step  int            `json:"step"`
	Loss  written.Number `json:"loss"`
	Mean  written.Number `json:"mean"`
	Names []string       `json:"names"`
}

// Training asks for steps.
type Training struct {
	Asked
	Known int // how many losses the page has already
	Until int // the last step; 0 is that of the settings
	Most  int // the largest number of steps; 0 is as many as fit into a slice
}

// Progress is how far training is.
type Progress struct {
	Step   int       `json:"step"`
	Steps  int       `json:"steps"`
	Params int       `json:"params"`
	Losses []float64 `json:"losses"` // those that the page does not know
	Means  []float64 `json:"means"`  // of the last losses up to each of these
	Last   *Point    `json:"last"`   // the last step, if there is one
	Rows   []Row     `json:"rows"`   // all so far
	More   bool      `json:"more"`
}

// slice is how long a call works.
const slice = 30 * time.Millisecond

var errPause = errors.New("pause")

// Train takes steps for the time of a slice. It returns an error if the loss is no finite number any more.
func (s *Session) Train(a Training) (Progress, error) {
	t, err := temperature(a.Temperature)
	if err != nil {
		return Progress{}, err
	}
	until := s.steps
	if a.Until > 0 {
		until = min(until, a.Until)
	}
	to := until
	if a.Most > 0 {
		to = min(to, len(s.losses)+a.Most)
	}
	for end := time.Now().Add(slice); s.wrong == nil && len(s.losses) < to; {
		if s.wrong = s.advance(to, end, t); errors.Is(s.wrong, errPause) {
			s.wrong = nil
			break
		}
	}
	p := s.progress(a.Known)
	p.More = p.Step < until
	return p, s.wrong
}

// advance takes some steps, up to the given one and to the next row at most, or makes one of the recordings
// that the next step needs: of large models these take as long as many steps. It returns errPause at the end
// of a slice.
func (s *Session) advance(to int, end time.Time, temperature float64) error {
	const ahead = 64
	from, every := len(s.losses), max(1, s.steps/10)
	to = min(to, (from/every+1)*every, from+ahead)
	for step := from; step < to; step++ {
		if n := s.unrecorded(step); n > 0 && step > from {
			to = step
		} else if n > 0 {
			if _, err := s.trainer.program(n); err != nil || time.Now().Before(end) {
				return err
			}
			return errPause
		}
	}
	err := s.trainer.train(s.tokens, s.adam, from, to, s.batch, func(loss float64) error {
		if err := s.add(loss); err != nil || time.Now().Before(end) {
			return err
		}
		return errPause
	})
	if n := len(s.losses); n > from && (n%every == 0 || n == s.steps) {
		s.addRow(temperature)
	}
	return err
}

// unrecorded returns the number of tokens of a text of a step of which there is no recording, or 0.
func (s *Session) unrecorded(step int) int {
	for i := range s.batch {
		n := len(s.tokens[(step*s.batch+i)%len(s.tokens)])
		if s.trainer.programs[n] == nil {
			return n
		}
	}
	return 0
}

// add adds the loss of a step.
func (s *Session) add(loss float64) error {
	if !finite.All(loss) {
		return fmt.Errorf("the loss of step %d is %s: the steps are too large; want a smaller rate than %v",
			len(s.losses)+1, formula.Short(loss), s.rate)
	}
	s.losses = append(s.losses, loss)
	last, sum := s.losses[max(0, len(s.losses)-recipe.Window):], 0.0
	for _, x := range last {
		sum += x
	}
	s.means = append(s.means, sum/float64(len(last)))
	return nil
}

// addRow adds a row about the last step.
func (s *Session) addRow(temperature float64) {
	const names = 4
	r, last := s.random(), len(s.losses)-1
	row := Row{Step: last + 1, Loss: loss(s.losses[last]), Mean: loss(s.means[last])}
	if row.Step < recipe.Window { // as in the example
		row.Mean.Text = "–"
	}
	s.trainer.shared.Store()
	for range names {
		row.Names = append(row.Names, s.model.sample(&s.tape, r.Choice, temperature))
	}
	s.rows = append(s.rows, row)
}

// loss writes a loss as the example does.
func loss(x float64) written.Number {
	n := written.Of(x)
	n.Text = fmt.Sprintf("%.4f", x)
	return n
}

// progress says how far training is, given how many losses the page knows.
func (s *Session) progress(known int) Progress {
	n := len(s.losses)
	known = min(max(known, 0), n)
	p := Progress{
		Step: n, Steps: s.steps, Params: len(s.model.all), Rows: s.rows,
		Losses: s.losses[known:], Means: s.means[known:],
	}
	if n > 0 {
		last := s.point(n)
		p.Last = &last
	}
	return p
}

// A Point of the curve is what there is to say about a step.
type Point struct {
	Step   int            `json:"step"`
	Name   string         `json:"name"` // the last of the batch
	Loss   written.Number `json:"loss"`
	Mean   written.Number `json:"mean"`   // of the last losses up to this one
	Window int            `json:"window"` // how many these are
}

func (s *Session) point(step int) Point {
	return Point{
		step, s.texts[(step*s.batch-1)%len(s.tokens)], loss(s.losses[step-1]), loss(s.means[step-1]),
		min(step, recipe.Window),
	}
}

// At asks for a step.
type At struct {
	Settings
	Step int
}

// Point returns what there is to say about a step that was taken.
func (s *Session) Point(a At) (Point, error) {
	if a.Step < 1 || a.Step > len(s.losses) {
		return Point{}, fmt.Errorf("step %d was not taken: want one from 1 to %d", a.Step, len(s.losses))
	}
	return s.point(a.Step), nil
}
