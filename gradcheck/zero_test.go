package gradcheck_test

import (
	"testing"

	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/doccheck"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	sentences, err := doccheck.CallWithZeros(".", []any{
		gradcheck.Check, gradcheck.Compare, gradcheck.Test, gradcheck.CheckDerivation,
		gradcheck.TestDerivation, gradcheck.Diff, gradcheck.Diffp, gradcheck.NewSweep,
	}, []any{
		new(gradcheck.Comparison), new(gradcheck.Difference), new(gradcheck.Finding),
		new(gradcheck.Findings), new(gradcheck.Report), new(gradcheck.Slip), new(gradcheck.Sweep),
		new(gradcheck.Verdict),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range sentences {
		t.Error(s)
	}
}
