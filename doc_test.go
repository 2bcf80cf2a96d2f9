package gradus_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/doccheck"
)

// noMethod lists the ops that no method or function applies, and why.
var noMethod = map[string]string{
	"step": "it stands in formulas of derivatives",
	"sign": "it stands in formulas of derivatives",

	"shift": "it stands in Softmax",
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
	doccheck.TestExamples(t, ".")
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

// Every link from a page to a file of the repository leads somewhere.
func TestLinks(t *testing.T) {
	pages, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	pages = append(pages, "doc/design.md", "bench/README.md", "course/README.md", "examples/digits/README.md")
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`) // without a colon: not https:
	links := 0
	for _, page := range pages {
		for _, m := range link.FindAllStringSubmatch(read(t, page), -1) {
			links++
			if _, err := os.Stat(filepath.Join(filepath.Dir(page), m[1])); err != nil {
				t.Errorf("%s links to %s: %v", page, m[1], err)
			}
		}
	}
	if links < 50 {
		t.Errorf("found %d links, want more: has their form changed?", links)
	}
}

// The README says how long its two commands take, in words that a reader understands.
func TestReadmeTimes(t *testing.T) {
	commands := between(t, read(t, "README.md"), "## Two commands\n\n", "\n\n")
	if !regexp.MustCompile(`(?s)^    go .*: \d+ seconds?\n    go .*: \d+ minutes?$`).MatchString(commands) {
		t.Errorf("the commands are\n%s\nwant a time behind each", commands)
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

// Zero values, nil among them, are taken or refused with a sentence.
func TestZeroValues(t *testing.T) {
	doccheck.TestZeros(t, ".", []any{
		gradus.New, gradus.Const, gradus.Values[float64], gradus.Ops, gradus.Topo, gradus.LeakyReLU,
		gradus.Func1, gradus.Func2, gradus.FuncN, gradus.Sum, gradus.Mean, gradus.Dot, gradus.LogSumExp,
		gradus.Pick, gradus.SoftmaxCrossEntropy, gradus.Where,
		gradus.Softmax, gradus.Gradient, gradus.Hessian,
	}, []any{new(gradus.Value), new(gradus.Op), new(gradus.Tape)})
}
