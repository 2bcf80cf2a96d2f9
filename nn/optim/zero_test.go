package optim_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/nn/optim"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		optim.NewAdam, optim.NewAdamW, optim.NewSGD, optim.Clip, optim.ClipNorm,
		optim.Constant, optim.Linear, optim.Cosine, optim.StepDecay, optim.Exponential, optim.WarmUp,
		optim.NewRMSProp, optim.NewGroups, optim.AsResumable,
	}, []any{
		new(optim.Adam), new(optim.SGD), new(optim.RMSProp), new(optim.Frozen), new(optim.Clipped),
		new(optim.Groups),
	})
}
