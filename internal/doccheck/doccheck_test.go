package doccheck

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A recorder is a test whose errors are recorded, and do not make it fail.
type recorder struct {
	testing.TB
	errors []string
}

func (r *recorder) Error(args ...any) { r.errors = append(r.errors, fmt.Sprint(args...)) }

func TestOfExamples(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{
		"p.go": "package p\n\ntype T int\nfunc (T) M() {}\nfunc (T) N() {}\n" +
			"func F() {}\nfunc G() {}\nfunc h() {}\n",
		"example_test.go": "package p_test\n\nfunc ExampleT() {\n\t// Output:\n}\n\n" +
			"func ExampleT_M() {\n\t// Output: 1\n}\n\nfunc ExampleF() {}\n",
		"other_test.go": "package p_test\n\nfunc ExampleG() {\n\t// Output: is not looked for here\n}\n",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	r := &recorder{TB: t}
	TestExamples(r, folder)
	want := []string{"ExampleF has no output to compare", "G has no Example", "T.N has no Example"}
	if diff := cmp.Diff(want, r.errors); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
}

func sum(x ...int) (s int) {
	for _, x := range x {
		s += x
	}
	return s
}

// Good takes zero values, or says what is wrong with them.
func Good(p *T, _ ...int) { p.Polite() }

// Greedy takes no more arguments than it needs.
func Greedy(x ...int) int { return 1 / (1 - len(x)) }

// Bad does not.
func Bad(x []int) int { return sum(x[0]) }

// A T has methods of both kinds.
type T struct{ p *T }

// Polite says what is wrong.
func (t *T) Polite() {
	if t == nil {
		panic("doccheck: Polite: the T is nil, want one")
	}
}

// Rude does not.
func (t *T) Rude() int { return len(t.p.p.text()) }

// Value has a receiver that cannot be nil.
func (t T) Value() bool { return t.p == nil }

func (t *T) text() string { return "" }

func TestOfZeros(t *testing.T) {
	folder := t.TempDir()
	text := "package doccheck\n\ntype T struct{}\nfunc (*T) Polite() {}\nfunc (*T) Rude() {}\n" +
		"func (T) Value() {}\nfunc Good() {}\nfunc Greedy() {}\nfunc Bad() {}\nfunc Forgotten() {}\n" +
		"type I interface{ M() }\n"
	if err := os.WriteFile(filepath.Join(folder, "p.go"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	r := &recorder{TB: t}
	TestZeros(r, folder, []any{Good, Greedy, Bad}, []any{new(T)})
	const nilPointer = "runtime error: invalid memory address or nil pointer dereference"
	want := []string{
		`Bad panics with "runtime error: index out of range [0] with length 0", ` +
			`want a sentence that begins with "doccheck: "`,
		"Forgotten is not called with zero values",
		`Greedy panics with "runtime error: integer divide by zero", want a sentence that begins with "doccheck: "`,
		`T.Rude of a zero value panics with "` + nilPointer + `", want a sentence that begins with "doccheck: "`,
		`T.Rude of nil panics with "` + nilPointer + `", want a sentence that begins with "doccheck: "`,
	}
	if diff := cmp.Diff(want, r.errors); diff != "" {
		t.Errorf("sentences (-want +got):\n%s", diff)
	}
}
