package golden

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// A Rule compares an output with the wanted one. It returns the differences that matter, or ""
// if there are none.
type Rule func(want, got string) (diff string)

// Exact compares byte by byte. It suits programs whose numbers are computed with + − × ÷ and √
// alone, which give the same bits on every machine.
func Exact(want, got string) string { return cmp.Diff(want, got) }

// Within returns a rule that lets numbers differ by a relative difference, for instance because
// math.Exp has another last bit on another architecture. Words that are no numbers must be the
// same, and so must the fixed words, whether they are numbers or not.
//
// If all words are the same, the rule compares byte by byte, as [Exact] does. If a number
// differs, it compares word by word, because the spaces around a number may then differ too.
func Within(difference float64, fixed ...string) Rule {
	same := cmp.Comparer(func(v, w string) bool {
		return v == w || near(v, w, difference) && !slices.Contains(fixed, v) && !slices.Contains(fixed, w)
	})
	return func(want, got string) string {
		if slices.Equal(strings.Fields(want), strings.Fields(got)) {
			return Exact(want, got)
		}
		return cmp.Diff(words(want), words(got), same)
	}
}

func near(v, w string, difference float64) bool {
	x, errV := strconv.ParseFloat(v, 64)
	y, errW := strconv.ParseFloat(w, 64)
	return errV == nil && errW == nil &&
		(x == y || math.Abs(x-y)/min(math.Abs(x), math.Abs(y)) <= difference)
}

func words(text string) (lines [][]string) {
	for line := range strings.Lines(text) {
		lines = append(lines, strings.Fields(line))
	}
	return lines
}
