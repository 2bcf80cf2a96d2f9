package gradcheck_test

import (
	"testing"

	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/doccheck"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		gradcheck.Check, gradcheck.Compare, gradcheck.Test, gradcheck.CheckDerivation,
		gradcheck.TestDerivation, gradcheck.TestGradient,
	}, []any{
		new(gradcheck.Comparison), new(gradcheck.Finding),
		new(gradcheck.Findings), new(gradcheck.Report), new(gradcheck.Slip),
		new(gradcheck.Verdict),
	})
}
