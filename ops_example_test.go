package gradus_test

import (
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
)

// noMethod lists the ops that no method or function applies, and why.
var noMethod = map[string]string{
	"step": "it stands in formulas of derivatives",
	"sign": "it stands in formulas of derivatives",
}

// symbols returns the exported types, functions and methods by name: "Sum", "Value.Add".
func symbols(t *testing.T) map[string]doccheck.Symbol {
	t.Helper()
	all, err := doccheck.Symbols(".")
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEverySymbolHasAnExample(t *testing.T) {
	missing, err := doccheck.Missing(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, sentence := range missing {
		t.Error(sentence)
	}
}

// Every op is applied by a method or function, and so has an Example.
func TestEveryOpHasAnExample(t *testing.T) {
	all := symbols(t)
	applied := map[string]bool{}
	for name, op := range appliedBy() {
		applied[op.Name()] = applied[op.Name()] || len(all[name].Examples) > 0
	}
	for _, op := range gradus.Ops() {
		why, exempt := noMethod[op.Name()]
		switch {
		case exempt && applied[op.Name()]:
			t.Errorf("op %q has an Example and is listed as having none (%s)", op.Name(), why)
		case !exempt && !applied[op.Name()]:
			t.Errorf("op %q has no Example", op.Name())
		}
	}
}
