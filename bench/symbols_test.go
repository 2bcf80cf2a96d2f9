package bench

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
)

// Everything that is exported is shown in an Example.
func TestSymbols(t *testing.T) {
	missing, err := doccheck.Missing(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, symbol := range missing {
		t.Error(symbol)
	}
}
