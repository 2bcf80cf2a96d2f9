package train

import (
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Other data have another digest, also if they are the same numbers in other places.
func TestDigest(t *testing.T) {
	type m = [][]float64
	digests := map[string]int{}
	for i, c := range []Config{
		{Data: Data{X: m{{1, 2}}, T: m{{3}}}},
		{Data: Data{X: m{{1}}, T: m{{2, 3}}}},
		{Data: Data{X: m{{1}, {2}}, T: m{{3}}}},
		{Data: Data{X: m{{1}, {2}}, T: m{{}, {3}}}},
		{Data: Data{X: m{{1, 2}}, Weights: []float64{3}}},
		{Data: Data{X: m{{1, 2}}}, Validation: Data{X: m{{3}}}},
		{Validation: Data{X: m{{1, 2}}, T: m{{3}}}},
		{Data: Data{X: m{{1, -2}}, T: m{{3}}}},
		{Data: Data{X: m{{0, 2}}, T: m{{3}}}},
		{Data: Data{X: m{{math.Copysign(0, -1), 2}}, T: m{{3}}}},
	} {
		d := c.digest()
		if other, ok := digests[d]; ok {
			t.Errorf("data %d and %d have the same digest", other, i)
		}
		digests[d] = i
	}
}

// A checkpoint that nothing else asks for is written ten seconds after the last one.
func TestSaveNowAndThen(t *testing.T) {
	c := fuzzed(filepath.Join(t.TempDir(), "checkpoint.json"))
	if err := c.check(); err != nil {
		t.Fatal(err)
	}
	l := c.loop(newEager(c))
	l.saver = l.newSaver()
	for _, tt := range []struct {
		age  time.Duration
		want bool
	}{{9 * time.Second, false}, {11 * time.Second, true}, {0, false}} {
		if tt.age > 0 {
			l.saver.last = time.Now().Add(-tt.age)
		}
		if err := l.save(false); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(c.Checkpoint); (err == nil) != tt.want {
			t.Errorf("after %v: the file is removed with error %v, want one: %t", tt.age, err, !tt.want)
		}
	}
}
