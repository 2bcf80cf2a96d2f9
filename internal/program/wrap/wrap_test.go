package wrap

import (
	"strings"
	"testing"
)

func TestProse(t *testing.T) {
	of := func(n int) string { return strings.Repeat("é", n) }
	for _, test := range []struct{ name, lead, text, want string }{
		{"nothing", "", "", ""},
		{"fits", "", " a  b\nc ", "a b c"},
		{"exactly", "", of(50) + " " + of(29), of(50) + " " + of(29)},
		{"one too many", "", of(50) + " " + of(30), of(50) + "\n> " + of(30)},
		{
			"with the indent, exactly", "", of(79) + " " + of(50) + " " + of(27),
			of(79) + "\n> " + of(50) + " " + of(27),
		},
		{
			"the indent counts", "", of(79) + " " + of(50) + " " + of(28),
			of(79) + "\n> " + of(50) + "\n> " + of(28),
		},
		{"with the lead, exactly", "– ", of(50) + " " + of(27), "– " + of(50) + " " + of(27)},
		{"the lead counts", "– ", of(50) + " " + of(28), "– " + of(50) + "\n> " + of(28)},
		{"a long word", "", "a " + of(120) + " b", "a\n> " + of(120) + "\n> b"},
	} {
		if got := Prose(test.lead, "> ", test.text); got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}
