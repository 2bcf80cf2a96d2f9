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

func TestMessage(t *testing.T) {
	of := func(n int) string { return strings.Repeat("é", n) }
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"fits", of(50) + " " + of(29), of(50) + " " + of(29)},
		{"one too many", of(50) + " " + of(30), of(50) + "\n" + indent + of(30)},
		{"a joined error", of(80) + "\n" + of(50) + " " + of(30), of(80) + "\n" + of(50) + "\n" + indent + of(30)},
		{"two spaces", `argument 1 is "a  b"`, `argument 1 is "a  b"`},
		{
			"the indent counts", of(80) + " " + of(70) + " " + of(6),
			of(80) + "\n" + indent + of(70) + "\n" + indent + of(6),
		},
		{"a long word", "a " + of(120) + " b", "a\n" + indent + of(120) + "\n" + indent + "b"},
	} {
		got := Message(test.text)
		if got != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
		if again := Message(got); again != got {
			t.Errorf("%s: broken again: %q, want it unchanged", test.name, again)
		}
		if back := Unbroken(got); back != test.text {
			t.Errorf("%s: unbroken: %q, want %q", test.name, back, test.text)
		}
	}
}

// Names that differ still do so when they are short.
func TestDistinct(t *testing.T) {
	for names, want := range map[string]string{
		"":                              "",
		"cat, dog":                      "cat, dog",
		"setosa, versicolor":            "setosa, versic…",
		"the same, the same":            "the sa…, the sa…",
		"éééééé 1, éééééé 2":            "ééé…é 1, ééé…é 2",
		"a breed 1, a breed 2, a breed": "a b…d 1, a b…d 2, a breed",
		"breed 1 of dogs, a cat, breed 2 of dogs":    "breed…0, a cat, breed…2",
		"the same, cat, the same, the sa…, the sand": "the…ame, cat, the…ame, the sa…, the…and",
	} {
		if got := strings.Join(Distinct(strings.Split(names, ", "), 7), ", "); got != want {
			t.Errorf("%s: the short names are %s, want %s", names, got, want)
		}
	}
}

func TestShort(t *testing.T) {
	for name, want := range map[string]string{"": "", "éé": "éé", "ééé": "ééé", "éééé": "éé…"} {
		if got := Short(name, 3); got != want {
			t.Errorf("Short(%q, 3) is %q, want %q", name, got, want)
		}
	}
}
