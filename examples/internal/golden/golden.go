// Package golden compares what the example programs print with files. The flag -update of a
// test writes the files instead.
package golden

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files in testdata")

// Run calls the program and returns its output. The error says so if the exit status is not 0,
// if stderr is not empty, if a line does not fit in a terminal of 120 columns, or if the output
// breaks the rule that compares it with the file.
func Run(
	file string, rule Rule, program func(stdout, stderr io.Writer) (status int),
) (string, error) {
	var stdout, stderr strings.Builder
	if status := program(&stdout, &stderr); status != 0 || stderr.Len() > 0 {
		return "", fmt.Errorf("exit status %d, want 0; stderr: %s", status, &stderr)
	}
	out := stdout.String()
	return out, errors.Join(fits(out), compare(file, rule, out))
}

func fits(output string) (err error) {
	for line := range strings.Lines(output) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > 120 {
			err = errors.Join(err, fmt.Errorf("%d columns do not fit in a terminal: %s", n, line))
		}
	}
	return err
}

func compare(file string, rule Rule, got string) error {
	if *update {
		return os.WriteFile(file, []byte(got), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if diff := rule(string(want), got); diff != "" {
		return fmt.Errorf("output differs from %s (-want +got):\n%s", file, diff)
	}
	return nil
}

// A Rule returns how an output differs from the one that is wanted, "" if by nothing that
// matters.
type Rule func(want, got string) (diff string)

// Exact compares byte by byte: for programs whose numbers are made of + − × ÷ and √, which
// have the same bits on every machine.
func Exact(want, got string) string { return cmp.Diff(want, got) }

// Within also compares byte by byte if all words are the same. If one is not, say because
// math.Exp has another last bit on another architecture, it compares word by word, as the
// padding may depend on it, and allows numbers the relative difference; but none to the fixed
// words.
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
