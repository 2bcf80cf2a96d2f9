package gofile

import (
	"go/format"
	"testing"
)

// Lines are indented as gofmt does.
func TestIndented(t *testing.T) {
	for name, helper := range helpers() {
		want, err := format.Source([]byte("package p\n\n" + helper.Text))
		if err != nil {
			t.Fatal(err)
		}
		if got := indented(string(want)); got != string(want) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
		}
	}
	const raw = "package p\n\nfunc f(x float64) (y float64) {\nif x > 0 {\ny = x // ∂y/∂x = 1\nyy := -x // " +
		"∂ = {\n" +
		"return yy\n}\n\n\nswitch {\ncase x < 1:\ny = 2\ndefault:\ny = 3\n}\nreturn y\n}\n"
	want, err := format.Source([]byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	if got := indented(raw); got != string(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
