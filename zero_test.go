package gradus_test

import (
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	sentences, err := doccheck.CallWithZeros(".", []any{
		gradus.New, gradus.Const, gradus.Values[float64], gradus.Ops, gradus.Topo, gradus.LeakyReLU,
		gradus.Func1, gradus.Func2, gradus.Sum, gradus.Mean, gradus.Dot, gradus.LogSumExp,
		gradus.Softmax,
	}, []any{new(gradus.Value), new(gradus.Op), new(gradus.Tape)})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sentences {
		t.Error(s)
	}
}
