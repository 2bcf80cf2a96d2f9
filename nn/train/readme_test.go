package train_test

import (
	"os"
	"strings"
	"testing"
)

// What the README shows as training is the body and the output of Example_readme.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("example_readme_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(string(source), "func Example_readme() {\n")
	code, output, found := strings.Cut(strings.TrimSuffix(body, "\n}\n"), "\n\t// Output:\n")
	if !found {
		t.Fatal("example_readme_test.go has no Example_readme with an output")
	}
	for what, want := range map[string]string{
		"code":   "```go\n" + strings.TrimPrefix(strings.ReplaceAll("\n"+code, "\n\t", "\n"), "\n") + "```\n",
		"output": "```\n" + strings.ReplaceAll(output, "\t// ", "") + "\n```\n",
	} {
		if !strings.Contains(string(readme), want) {
			t.Errorf("README.md does not show this %s:\n%s", what, want)
		}
	}
}

// What the README shows as layers is a part of Example_layers.
func TestReadmeLayers(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("example_layers_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut(string(source), "\n\n\tconv := ")
	code, _, found := strings.Cut(code, "\n\n\tfmt.Printf")
	code = "```go\nconv := " + strings.ReplaceAll(code, "\n\t", "\n") + "\n```\n"
	if !found || !strings.Contains(string(readme), code) {
		t.Errorf("README.md does not show this code:\n%s", code)
	}
}
