package data_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn/data"
)

// Zero values, nil among them, are taken or refused with a sentence, and nothing is written.
func TestZeroValues(t *testing.T) {
	source, err := filepath.Abs(".")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	doccheck.TestZeros(t, source, []any{
		data.ReadCSV, data.Standardise, data.StandardiseTargets, data.LoadScaler,
		data.NewConfusion, data.CountConfusion, data.Accuracy, data.R2,
	}, []any{new(data.CSV), new(data.Table), new(data.Fold), new(data.Scaler), new(data.Confusion)})
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) != 0 {
		t.Errorf("in the folder is %v, error %v, want nothing", entries, err)
	}
}

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }
