package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The playground's model is that of the example, to the letter.
func TestModelIsThatOfTheExample(t *testing.T) {
	want, err := model("../../../../examples/gpt")
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../model.go")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("go generate ./play/internal/gpt was not run (-generated +model.go):\n%s", diff)
	}
	example, err := os.ReadFile("../../../../examples/gpt/main.go")
	if err != nil {
		t.Fatal(err)
	}
	_, from, _ := strings.Cut(string(example), "// # 1. Tokens")
	if !strings.Contains(string(got), from) {
		t.Error("not all of main.go from its first section on is in model.go")
	}
}
