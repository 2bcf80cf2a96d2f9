package formula_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/formula"
)

// The README shows a text, the gradient of its loss, and an error.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, text, _ := strings.Cut(string(readme), "formula.Read(`\n")
	text, _, _ = strings.Cut(text, "`)")
	g, err := formula.Read(text)
	if err != nil {
		t.Fatal(err)
	}
	g.Value("L").Backward()
	printed := ""
	for _, w := range g.Parameters {
		printed += fmt.Sprintf("dL/d%s = %.4f\n", w.Name(), w.Grad)
	}
	_, wrong := formula.Read("w1 = 2; x = 3\ny = tanh(w2·x")
	for _, want := range []string{printed, wrong.Error() + "\n"} {
		if !strings.Contains(string(readme), "```\n"+want+"```\n") {
			t.Errorf("README.md does not show\n%s", want)
		}
	}
}
