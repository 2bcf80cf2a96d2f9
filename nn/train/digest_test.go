package train

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/internal/sealed"
	"github.com/gradus-go/gradus/nn/optim"
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

// A file with the right checksum may still have what cannot be restored.
func TestCannotBeRestored(t *testing.T) {
	c := fuzzed("")
	if err := c.check(); err != nil {
		t.Fatal(err)
	}
	l := c.loop(newEager(c))
	l.saver = l.newSaver()
	whole := l.saver.same
	whole.Epoch, whole.Params, whole.Optimizer = 1, l.engine.params(), c.Optimizer.(optim.Resumable).State()
	whole.Random, _ = l.pcg.MarshalBinary()
	for want, change := range map[string]func(c *checkpoint){
		"": func(*checkpoint) {},
		"its random generator cannot be restored": func(c *checkpoint) { c.Random = c.Random[1:] },
		"optim: Adam.Restore: ":                   func(c *checkpoint) { c.Optimizer.Steps = -1 },
	} {
		broken := whole
		change(&broken)
		text, err := sealed.Seal(broken)
		if err != nil {
			t.Fatal(err)
		}
		err = l.resumeFrom(text)
		if want == "" && err != nil || want != "" && (err == nil || !strings.HasPrefix(err.Error(), want)) {
			t.Errorf("error %v, want %q", err, want)
		}
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
