package bench

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{Start, Rows, Growths}, []any{new(Session)})
}
