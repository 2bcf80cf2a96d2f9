package gradus_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The demo in the README is the package's example, and its output is the example's.
func TestReadme(t *testing.T) {
	readme := read(t, "README.md")
	example := between(t, read(t, "example_test.go"), "func Example() {\n", "\n}\n")
	code, output, _ := strings.Cut(strings.ReplaceAll(example, "\n\t", "\n"), "// Output:\n// ")
	for _, tt := range []struct{ name, got, want string }{
		{"code", between(t, readme, "```go\n", "```\n"), strings.TrimPrefix(code, "\t")},
		{"output", between(t, readme, "prints\n\n```\n", "\n```\n"), strings.ReplaceAll(output, "\n// ", "\n")},
	} {
		if diff := cmp.Diff(tt.want, tt.got); diff != "" {
			t.Errorf("%s (-example +README):\n%s", tt.name, diff)
		}
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// between returns what stands between the first start in s and the next end.
func between(t *testing.T, s, start, end string) string {
	t.Helper()
	_, s, found := strings.Cut(s, start)
	s, _, closed := strings.Cut(s, end)
	if !found || !closed {
		t.Fatalf("no text between %q and %q", start, end)
	}
	return s
}
