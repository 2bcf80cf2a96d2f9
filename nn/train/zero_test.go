package train_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn/train"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	sentences, err := doccheck.CallWithZeros(".", []any{train.Run, train.NewPredictor},
		[]any{new(train.NonFiniteError), new(train.Predictor)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sentences {
		t.Error(s)
	}
}
