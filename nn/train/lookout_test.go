package train

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A watched engine notes the rows that are compared. Row wrong is not what was recorded.
type watched struct {
	engine
	compared []int
	wrong    int
}

var errWrong = errors.New("wrong")

func (w *watched) compare(row int) error {
	w.compared = append(w.compared, row)
	if row == w.wrong {
		return errWrong
	}
	return nil
}

// The lookout has been at work for 100 hours, so that it may have spent two.
func TestLook(t *testing.T) {
	const some, most = 100 * time.Hour, 2 * time.Hour
	for _, tt := range []struct {
		name  string
		spent time.Duration
		order []int
		must  bool
		wrong int
		want  []int // the rows that are compared
	}{
		{"there is time", most - time.Minute, []int{5, 3, 1, 2, 4}, false, -1, []int{2, 4, 5, 3}},
		{"there is time, and it must", most - time.Minute, []int{5, 3, 1, 2, 4}, true, -1, []int{2, 4, 5, 3}},
		{"no time", most + time.Minute, []int{5, 3, 1, 2, 4}, false, -1, nil},
		{"no time, and it must", most + time.Minute, []int{5, 3, 1, 2, 4}, true, -1, []int{2, 4}},
		{"few rows", 0, []int{4}, false, -1, []int{2, 4, 4}},
		{"wrong", 0, []int{5, 3, 1, 2, 4}, false, 4, []int{2, 4}},
	} {
		l := newLookout()
		l.begin, l.spent = time.Now().Add(-some), tt.spent
		l.startEpoch(5)
		l.add([]int{5, 3}, []float64{1, 2})
		l.add([]int{1, 2, 4}, []float64{1, 0, 3})
		e := &watched{wrong: tt.wrong}
		if err := l.look(e, tt.order, tt.must); errors.Is(err, errWrong) != (tt.wrong >= 0) {
			t.Errorf("%s: error %v", tt.name, err)
		}
		if diff := cmp.Diff(tt.want, e.compared); diff != "" {
			t.Errorf("%s: rows that are compared (-want +got):\n%s", tt.name, diff)
		}
	}
}

// What the lookout compares takes time, which it counts.
func TestLookCounts(t *testing.T) {
	l := newLookout()
	if err := l.look(slow{}, []int{0, 1}, true); err != nil || l.spent < 2*time.Millisecond {
		t.Errorf("%v are counted for two rows of a millisecond each, error %v", l.spent, err)
	}
}

type slow struct{ engine }

func (slow) compare(int) error {
	time.Sleep(time.Millisecond)
	return nil
}

// At the end of training, the rows with the extreme losses of the epoch are compared even if there is no
// time.
func TestLookAtTheEnd(t *testing.T) {
	c := digits(5, 2)
	c.Batch, c.Epochs = 2, 2
	e, err := c.engine()
	if err != nil {
		t.Fatal(err)
	}
	for epoch, want := range map[int][]int{1: nil, 2: {3, 2}} {
		w := &lossy{watched{engine: e, wrong: -1}, []float64{5, 5, 9, 1, 5}}
		l := &loop{Config: c, engine: w, lookout: newLookout(), epoch: epoch}
		l.lookout.begin = time.Now().Add(time.Hour) // it has not begun yet
		if err := l.runEpoch(context.Background(), []int{0, 3, 2, 1, 4}); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, w.compared); diff != "" {
			t.Errorf("epoch %d: rows that are compared (-want +got):\n%s", epoch, diff)
		}
	}
}

// A lossy engine has these losses.
type lossy struct {
	watched
	losses []float64
}

func (l *lossy) gradient(_ int, samples []int) (losses []float64) {
	for _, i := range samples {
		losses = append(losses, l.losses[i])
	}
	return losses
}
