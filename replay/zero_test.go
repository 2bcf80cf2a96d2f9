package replay_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/replay"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{replay.Record},
		[]any{new(replay.Recorder), new(replay.Program), new(replay.Batch), new(replay.Pass)})
}
