package player

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// A regular expression says in a line what a single word is. It is here and not in the package, since
// it would be a tenth of a WebAssembly.
func TestOneNameIsThatOfARegularExpression(t *testing.T) {
	oneName := regexp.MustCompile(`^[\pL_][\pL\p{Nd}₀-₉_]*(⁽[⁰¹²³⁴-⁹]+⁾[₀-₉]*)?$`)
	pieces := []string{"w", "W2", "_", "é", "٣", "⁽", "⁾", "³", "⁽³⁾", "₁", "²", "·", "(", " ", "\xff", "9"}
	rng := rand.New(rand.NewPCG(1, 1))
	count := map[bool]int{}
	for range 60_000 {
		var name string
		for range rng.IntN(6) {
			name += pieces[rng.IntN(len(pieces))]
		}
		want := oneName.MatchString(name)
		if got := isOneName(name); got != want {
			t.Fatalf("%q is one name: %v, want %v", name, got, want)
		}
		count[want]++
	}
	if min(count[true], count[false]) < 50 {
		t.Errorf("%d are one name and %d are not, want 50 of each", count[true], count[false])
	}
}
