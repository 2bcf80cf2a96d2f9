package train_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn/train"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{train.Run, train.NewPredictor},
		[]any{new(train.NonFiniteError), new(train.Predictor), new(train.State)})
}
