package wrap

import (
	"strings"
	"testing"
)

func TestProse(t *testing.T) {
	of := func(n int) string { return strings.Repeat("é", n) }
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"fits", " a  b\nc ", "a b c"},
		{"exactly", of(50) + " " + of(49), of(50) + " " + of(49)},
		{"one too many", of(50) + " " + of(50), of(50) + "\n> " + of(50)},
		{
			"with the indent, exactly", of(99) + " " + of(50) + " " + of(47),
			of(99) + "\n> " + of(50) + " " + of(47),
		},
		{
			"the indent counts", of(99) + " " + of(50) + " " + of(48),
			of(99) + "\n> " + of(50) + "\n> " + of(48),
		},
		{"a long word", "a " + of(120) + " b", "a\n> " + of(120) + "\n> b"},
	} {
		if got := Prose("> ", test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
