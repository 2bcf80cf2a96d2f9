package show_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
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
	if d := derive(t, root, parameters...); !strings.Contains(string(readme), "```\n"+d.String()+"```\n") {
		t.Errorf("README.md does not show this derivation:\n%v", d)
	}
}
