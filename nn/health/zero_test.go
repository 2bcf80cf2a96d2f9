package health

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	sentences, err := doccheck.CallWithZeros(".", []any{Check}, []any{new(Report)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sentences {
		t.Error(s)
	}
}
