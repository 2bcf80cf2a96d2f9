package show_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show"
)

// What the README shows as the derivation is what Derive writes.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	root := tutorialA()
	var parameters []*gradus.Value
	for _, v := range gradus.Topo(root) {
		if slices.Contains([]string{"W1", "b1", "W2", "b2"}, v.Name()) {
			parameters = append(parameters, v)
		}
	}
	w := named("w", 0.5)
	a := w.Mul(named("x", 2)).As("z").Tanh().As("a")
	dl := gradus.Gradient(a.Sub(named("t", 1)).Square().As("L"), w)[0].As("dL/dw")
	for _, d := range []*show.Derivation{derive(t, root, parameters...), derive(t, dl, w)} {
		if !strings.Contains(string(readme), "```\n"+d.String()+"```\n") {
			t.Errorf("README.md does not show this derivation:\n%v", d)
		}
	}
}
