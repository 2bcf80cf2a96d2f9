package torch_test

import (
	"runtime"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

// Parameters and results of one name get numbers, without a search for them that begins at 2 each time.
func TestNamesakes(t *testing.T) {
	allocated := func(n int) float64 {
		y := gradus.New(1).As("x")
		for range n {
			y = y.Mul(gradus.New(1).As("w")).Sin().As("y")
		}
		p, err := replay.Record(y)
		if err != nil {
			t.Fatal(err)
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if _, err := torch.Module(p); err != nil {
			t.Fatal(err)
		}
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	if small, large := allocated(500), allocated(2000); large > 8*small {
		t.Errorf("%.0f bytes for 500 names and %.1f times as many for 2,000, want at most 8", small, large/small)
	}
}
