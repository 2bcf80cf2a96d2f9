package claim_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/claim"
)

func TestTake(t *testing.T) {
	texts := []formula.File{
		{Name: "a.txt", Text: "y = w·x # a comment\nw = 2; dy/dw = x; x = 3"},
		{Name: "", Text: "∂y / ∂x = w // and dy/dw = 7\ndy/dq ="},
		{Name: "b.txt", Text: "d²y/dw dx == 1; d/dx = 2; dy/x = 3; dy/dw"},
	}
	got := claim.Take(texts)
	want := []claim.Claim{
		{"dy/dw", " x", "a.txt", 2, 8, 15, "w = 2; dy/dw = x; x = 3"},
		{"∂y/∂x", " w", "", 1, 1, 10, "∂y / ∂x = w // and dy/dw = 7"},
		{"dy/dq", "", "", 2, 1, 8, "dy/dq ="},
		{"d²y/dw dx", "= 1", "b.txt", 1, 1, 12, "d²y/dw dx == 1; d/dx = 2; dy/x = 3; dy/dw"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("claims (-want +got):\n%s", diff)
	}
	rest := []formula.File{
		{Name: "a.txt", Text: "y = w·x\nw = 2;          ; x = 3"},
		{Name: "", Text: "           \n       "},
		{Name: "b.txt", Text: "              ; d/dx = 2; dy/x = 3; dy/dw"},
	}
	if diff := cmp.Diff(rest, texts); diff != "" {
		t.Errorf("the rest (-want +got):\n%s", diff)
	}
}

func TestDerivation(t *testing.T) {
	g, err := formula.Read("y = w·x; w = 2; x = 3")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"": "there is no derivative to check; want one such as 'dL/dw = -0.3875'",
		"dy/dw = x; dy/dw = 3": "formula: line 1, column 12: dy/dw is given twice, first as dy/dw = x; want it " +
			"once\n\tdy/dw = x; dy/dw = 3\n\t           ^",
		"dy/dx = w; dy/dw =": "formula: line 1, column 12: dy/dw has no right-hand side; want a number or a " +
			"formula, as in dL/dw = (y − t)·x\n\tdy/dx = w; dy/dw =\n\t           ^",
		"dy/dx = 4 // 2": "formula: line 1, column 11: // begins a comment, and no division; want / for a " +
			"division, and # before a comment that may be a number or a name\n\tdy/dx = 4 // 2\n\t          ^",
		"dy/dx = w; dy/dw = x·q": "formula: line 1, column 22: q is not defined\n" +
			"\tdy/dx = w; dy/dw = x·q\n\t                     ^",
	} {
		_, err := claim.Derivation(claim.Take([]formula.File{{Text: text}}), g)
		if err == nil || err.Error() != want {
			t.Errorf("%q: error %v, want %s", text, err, want)
		}
		if isPlace := errors.As(err, new(*formula.Error)); isPlace != (text != "") {
			t.Errorf("%q: an error with a place: %t", text, isPlace)
		}
	}
	two := []formula.File{{Name: "a.txt", Text: "\ndy/dw = x"}, {Text: "dy/dw = 3"}}
	_, err = claim.Derivation(claim.Take(two), g)
	want := "formula: line 1, column 1: dy/dw is given twice, first in line 2 of a.txt; want it once\n" +
		"\tdy/dw = 3\n\t^"
	if err == nil || err.Error() != want {
		t.Errorf("in two texts: error %v, want %s", err, want)
	}
	d, err := claim.Derivation(claim.Take([]formula.File{{Text: "dy/dx = w; dy/dw = 3"}}), g)
	if diff := cmp.Diff(gradcheck.Derivation{"dy/dx": "w", "dy/dw": "3"}, d); diff != "" || err != nil {
		t.Errorf("error %v, derivation (-want +got):\n%s", err, diff)
	}
}

// An error of package gradcheck gets the place of the claim that it is about.
func TestPlaced(t *testing.T) {
	g, err := formula.Read("y = w·x; w = 2; x = 3")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"dy/dw = x": "<nil>",
		"dy/dw = x\n  dy/dq = 3": "formula: a.txt, line 2, column 3: want the names of two values, as in " +
			"dL/dW2; the graph has y, x, w\n\t  dy/dq = 3\n\t  ^",
		"dy/dw = x\n∂y/∂w = x": "formula: a.txt, line 2, column 1: ∂y/∂w and dy/dw are the same derivative: " +
			"give only one\n\t∂y/∂w = x\n\t^",
		"∂y/∂w = x\ndy/dx = w; dy/dw = x": "formula: a.txt, line 2, column 12: ∂y/∂w and dy/dw are the same " +
			"derivative: give only one\n\tdy/dx = w; dy/dw = x\n\t           ^",
	} {
		claims := claim.Take([]formula.File{{Name: "a.txt", Text: text}})
		d, err := claim.Derivation(claims, g)
		if err != nil {
			t.Fatal(err)
		}
		_, err = gradcheck.CheckDerivation(g.Results[0], d)
		if got := fmt.Sprint(claim.Placed(err, claims)); got != want {
			t.Errorf("%q: error %s, want %s", text, got, want)
		}
	}
	other := errors.New("another error")
	if err := claim.Placed(other, nil); !errors.Is(err, other) {
		t.Errorf("another error becomes %v", err)
	}
}
