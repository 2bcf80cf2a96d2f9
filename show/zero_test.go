package show_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/show"
)

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		show.Derive, show.Computation, show.Trace, show.Steps, show.DOT, show.Mermaid, show.SVG, show.Page,
		show.Save, show.CanSave,
	}, []any{new(show.Derivation), new(show.Step), new(show.Fold)})
}

// What is refused, and with which sentence.
func TestRefusals(t *testing.T) {
	x := gradus.New(2).As("x")
	y := x.Square().As("y")
	for _, tt := range []struct {
		name, want string
		call       func()
	}{
		{"DOT of nil", "show: DOT: the root is nil, want a Value", func() { show.DOT(nil, show.FoldAuto) }},
		{"SVG of nil", "show: SVG: the root is nil, want a Value", func() { show.SVG(nil, show.FoldAuto) }},
		{
			"Mermaid of nil", "show: Mermaid: the root is nil, want a Value",
			func() { show.Mermaid(nil, show.FoldAuto) },
		},
		{"Trace of nil", "show: Trace: the root is nil, want a Value", func() { show.Trace(nil) }},
		{"Steps of nil", "show: Steps: the root is nil, want a Value", func() { show.Steps(nil) }},
		{
			"a fold beyond the last",
			"show: DOT: there is no Fold 4, want FoldNothing, FoldNames, FoldLayers or FoldAuto",
			func() { show.DOT(y, show.FoldAuto+1) },
		},
		{
			"a negative fold",
			"show: SVG: there is no Fold -1, want FoldNothing, FoldNames, FoldLayers or FoldAuto",
			func() { show.SVG(y, -1) },
		},
		{
			"a fold beyond the last, of Mermaid",
			"show: Mermaid: there is no Fold 9, want FoldNothing, FoldNames, FoldLayers or FoldAuto",
			func() { show.Mermaid(y, 9) },
		},
		{
			"the LaTeX of nil", "show: LaTeX: the Derivation is nil, want one that Derive returned",
			func() { (*show.Derivation)(nil).LaTeX() },
		},
		{
			"the MathML of nil", "show: MathML: the Derivation is nil, want one that Derive returned",
			func() { (*show.Derivation)(nil).MathML() },
		},
		{
			"Computation of nil", "show: Computation: the root is nil, want a Value",
			func() { show.Computation(nil) },
		},
		{
			"a Step without a Node", "show: Parent: the Step has no Node, want a Step that Steps returned",
			func() { show.Step{}.Parent() },
		},
		{
			"a Step of a leaf",
			"show: Parent: Operand is 0 and the Node has 0 parents, want a Step that Steps returned",
			func() { show.Step{Node: x}.Parent() },
		},
		{
			"a Step to an operand that is not there",
			"show: Parent: Operand is -1 and the Node has 1 parents, want a Step that Steps returned",
			func() { show.Step{Node: y, Operand: -1}.Parent() },
		},
	} {
		func() {
			defer func() {
				if got := fmt.Sprint(recover()); got != tt.want {
					t.Errorf("%s: panics with %q, want %q", tt.name, got, tt.want)
				}
			}()
			tt.call()
		}()
	}
}

func TestNilRoots(t *testing.T) {
	const want = "show: the root is nil, want a Value"
	_, err := show.Page(nil)
	if err == nil || err.Error() != want {
		t.Errorf("Page: error %v, want %q", err, want)
	}
	for _, ending := range []string{".dot", ".mmd", ".svg", ".html", ".tex", ".txt"} {
		err := show.Save(filepath.Join(t.TempDir(), "graph"+ending), nil)
		if err == nil || !strings.HasSuffix(err.Error(), ending+": "+want) {
			t.Errorf("Save as %s: error %v, want the file and %q", ending, err, want)
		}
	}
	if got := fmt.Sprint((*show.Derivation)(nil)); got != "<nil>" {
		t.Errorf("a nil Derivation prints as %q, want <nil>", got)
	}
}

// A derivation without an equation is empty in both notations.
func TestEmptyDerivation(t *testing.T) {
	x := gradus.New(1).As("x")
	for name, d := range map[string]*show.Derivation{"zero": new(show.Derivation), "of a leaf": derive(t, x)} {
		if d.String() != "" || d.LaTeX() != "" {
			t.Errorf("%s: %q and %q, want nothing", name, d.String(), d.LaTeX())
		}
	}
}
