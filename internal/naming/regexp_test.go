package naming

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Regular expressions say in a line what a name is. They are here and not in the package, since they would be
// a tenth of a WebAssembly.
var (
	number         = regexp.MustCompile(`[0-9₀-₉]+`)
	lastTwoNumbers = regexp.MustCompile(`^(.*?)([0-9₀-₉]+)([^0-9₀-₉]+)([0-9₀-₉]+)([^0-9₀-₉]*)$`)
	lastTwoDigits  = regexp.MustCompile(`^(.*?)([0-9₀-₉])()([0-9₀-₉])([^0-9₀-₉]*)$`)
	short          = regexp.MustCompile(`^(?:w(?:⁽([⁰¹²³⁴-⁹]+)⁾)?(?:([₀-₉])([₀-₉])|\[(\d+),(\d+)\])|` +
		`([bza])(?:⁽([⁰¹²³⁴-⁹]+)⁾)?([₀-₉]+))$`)
)

func TestNamesAreThoseOfRegularExpressions(t *testing.T) {
	pieces := []string{
		"w", "b", "a", "⁽", "⁾", "³", "⁽³⁾", "⁽⁴²⁾", "₁", "₂", "[", "]", ",", "[1,", "2]", "1", "20", ".",
		"_", "x", "é", "\xff",
	}
	rng := rand.New(rand.NewPCG(1, 1))
	found := [3]int{}
	for range 60_000 {
		var name string
		for range rng.IntN(6) {
			name += pieces[rng.IntN(len(pieces))]
		}
		var at [][2]int
		for _, m := range number.FindAllStringIndex(name, -1) {
			at = append(at, [2]int{m[0], m[1]})
		}
		if diff := cmp.Diff(at, numbers(name)); diff != "" {
			t.Fatalf("the numbers of %q (-want +got):\n%s", name, diff)
		}
		var entries []Entry
		for _, r := range []*regexp.Regexp{lastTwoNumbers, lastTwoDigits} {
			if m := r.FindStringSubmatch(name); m != nil {
				entries = append(entries, Entry{
					Matrix:     m[1] + "#" + m[3] + "#" + m[5],
					Transposed: m[1] + m[4] + m[3] + m[2] + m[5],
				})
			}
		}
		if diff := cmp.Diff(entries, Entries(name)); diff != "" {
			t.Fatalf("the entries of %q (-want +got):\n%s", name, diff)
		}
		found[min(len(entries), 1)]++
		layer, neuron, last, ok := inShort(name)
		got, want := fmt.Sprint(layer, "|", neuron, "|", last), ""
		m := short.FindStringSubmatch(name)
		if m != nil {
			want = fmt.Sprint(m[1]+m[7], "|", m[2]+m[4]+m[8], "|", m[6])
			if m[6] == "" {
				want += "w" + m[3] + m[5]
			}
			found[2]++
		}
		if ok != (m != nil) || ok && got != want {
			t.Fatalf("%q in full: %v, %s, want %v, %s", name, ok, got, m != nil, want)
		}
	}
	if min(found[0], found[1], found[2]) < 50 {
		t.Errorf("%d names without entries, %d with, %d in short: want 50 of each", found[0], found[1], found[2])
	}
	if long := strings.Repeat("w1_", 1000); len(numbers(long)) != 1000 {
		t.Error("a long name has not all its numbers")
	}
}
