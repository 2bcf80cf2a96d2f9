package course

import (
	"fmt"
	"testing"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

// rightNumber returns the right derivative for the numbers of the text.
func rightNumber(t *testing.T, e *Exercise, key string) string {
	t.Helper()
	g, err := formula.Read(e.file("graph.txt"))
	if err != nil {
		t.Fatal(err)
	}
	found, err := gradcheck.CheckDerivation(g.Results[len(g.Results)-1], gradcheck.Derivation{key: "0"})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(found[0].Right)
}
