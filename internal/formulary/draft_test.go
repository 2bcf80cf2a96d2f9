package formulary_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/internal/formulary"
)

// Names that a person has not given a number yet are not taken for misspelt ones: w2 is not w1, and x1 is
// neither. Names that look like a slip are.
func TestDoubts(t *testing.T) {
	for text, want := range map[string]string{
		"y = w1·x1 + w2·x2 + b1":       "",
		"s = sum(w1..w12)":             "",
		"y = dx·dy + dz":               "",
		"y = x' + x'' + x₁ + x₂":       "",
		"w1 = 2; y = w1·x1 + w2·x2":    "",
		"weight = 2; y = wieght·x":     "wieght has no number; it is 1 here. Did you mean weight?",
		"y = alpha·x + alhpa":          "alhpa has no number; it is 3 here. Did you mean alpha?",
		"X = 2; y = x²":                "x has no number; it is 1 here. Did you mean X?",
		"y = weights1 + weight1·wegth": "weight1 has no number; it is 2 here. Did you mean weights1?",
	} {
		d, err := formulary.ReadDraft(text, "", "")
		if err != nil {
			t.Errorf("%s: %v", text, err)
			continue
		}
		var says []string
		for _, e := range d.Doubts {
			says = append(says, e.Message)
		}
		if diff := cmp.Diff(want, strings.Join(says, "\n")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
}

// Of too many names without a number the error says so.
func TestTooManyGuesses(t *testing.T) {
	_, err := formulary.ReadDraft("s = sum(w1..w80)", "", "")
	want := "more than 60 names have no number: w1, w2, w3, w4, w5, w6, w7, w8 and others; want a definition " +
		"of each, such as w61 = 0.5"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if d, err := formulary.ReadDraft("s = sum(w1..w60)", "", ""); err != nil || len(d.Guessed) != 60 {
		t.Errorf("60 names: error %v", err)
	}
}
