package gpt

import (
	"fmt"
	"go/format"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The program prints the losses of the session, to the bit, and its names.
func TestProgram(t *testing.T) {
	settings := Settings{Width: "8", Heads: "2", Layers: "2", Context: "6", Steps: "30", Batch: "3", Seed: "7"}
	text, err := Program(Asked{Settings: settings, Temperature: "0.8"})
	if err != nil {
		t.Fatal(err)
	}
	if formatted, err := format.Source([]byte(text)); err != nil || string(formatted) != text {
		t.Errorf("the program is not as gofmt writes it: %v", err)
	}
	// It uses packages that only a program of the checkout can use. The go command overlooks such a folder.
	const folder = "_program"
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "main.go"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	got, err := exec.CommandContext(t.Context(), "go", "run", "./"+folder).CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	s := newSession(t, settings)
	want := ""
	train(t, s, s.steps)
	for i, loss := range s.losses {
		want += fmt.Sprintf("step %d: loss %v\n", i+1, loss)
	}
	for _, name := range sampled(t, s, 20, "0.8") {
		want += name + "\n"
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("what the program prints (-session +program):\n%s", diff)
	}
}

func TestProgramRefuses(t *testing.T) {
	for _, a := range []Asked{{Settings: Settings{Steps: "0"}}, {Temperature: "cold"}} {
		if text, err := Program(a); err == nil {
			t.Errorf("%v: %.40q, want an error", a, text)
		}
	}
}
