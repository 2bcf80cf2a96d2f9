package golden

import (
	"strings"
	"testing"
)

const a, b = "a  = 0.6224593312018546\nb\n", "a = 0.62245933120185461\nb\n"

func TestRules(t *testing.T) {
	within := Within(1e-14, "0.62245933", "0.622459352016449")
	for _, test := range []struct {
		name, v, w    string
		exact, within bool // the rules let w pass for v
	}{
		{"the same", "autodiff = 0.5\n", "autodiff = 0.5\n", true, true},
		{"other words", "autodiff", "hand", false, false},
		{"a unit in the last place", "0.6224593312018546", "0.6224593312018547", false, true},
		{"of a negative number", "-0.6224593312018546", "-0.6224593312018547", false, true},
		{"a hundred units", "0.6224593312018546", "0.6224593312018646", false, false},
		{"of a small number", "1.4628025352695762e-200", "1.4628025352695764e-200", false, true},
		{"fixed", "0.622459352016449", "0.6224593520164491", false, false},
		{"fixed, rounded", "0.62245933", "0.622459330", false, false},
		{"other sign", "0.25", "-0.25", false, false},
		{"zero", "0", "1e-300", false, false},
		{"no number", "NaN", "+Inf", false, false},
		{"other infinity", "Inf", "-Inf", false, false},
		{"beyond a double", "1e309", "1e310", false, false},
		{"other count", "14", "13", false, false},
		{"punctuation", "0.01:", "0.01", false, false},
		{"padding alone", "a  = 0.5\nb\n", "a = 0.5\nb\n", false, false},
		{"padding that a number has changed", a, b, false, true},
		{"a line more", a, b + "\n", false, false},
		{"a word more", a, b + "c", false, false},
		{"a word in another line", a, strings.Replace(b, "\nb", " b\n", 1), false, false},
		{"nothing", a, "", false, false},
	} {
		for _, way := range [][2]string{{test.v, test.w}, {test.w, test.v}} {
			if diff := Exact(way[0], way[1]); (diff == "") != test.exact {
				t.Errorf("%s: Exact(%q, %q) = %q", test.name, way[0], way[1], diff)
			}
			if diff := within(way[0], way[1]); (diff == "") != test.within {
				t.Errorf("%s: within(%q, %q) = %q", test.name, way[0], way[1], diff)
			}
		}
	}
}
