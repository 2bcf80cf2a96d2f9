package gradcheck_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/exampled"
)

func TestEverySymbolHasAnExample(t *testing.T) {
	missing, err := exampled.Missing(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range missing {
		t.Error(sentence)
	}
}
