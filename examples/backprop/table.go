package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/gradus-go/gradus/internal/significant"
)

// compare prints the tables and what they show. The three lists are in the same order. If texts is
// nil, there is no table of the tutorial's numbers.
func compare(w io.Writer, texts []printed, byHand, autodiff []quantity) (r result) {
	if texts != nil {
		r = compareTexts(w, texts, autodiff)
	}
	compareHand(w, byHand, autodiff)
	same := 0
	for i := range autodiff {
		if byHand[i].value == autodiff[i].value {
			same++
		}
	}
	fmt.Fprintf(w, "Here %d of %d agree to the last bit.\n\n",
		same, len(autodiff))
	if texts != nil {
		fmt.Fprint(w, disagreements)
	}
	return r
}

// compareTexts prints the table with the numbers that the tutorial prints.
func compareTexts(w io.Writer, texts []printed, autodiff []quantity) (r result) {
	fmt.Fprint(w, "The tutorial's numbers, and how many of their digits autodiff reproduces:\n\n")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "\t NumPy\t PyTorch\t autodiff")
	for i, q := range autodiff {
		text := texts[i]
		fmt.Fprintf(tw, "%s\t%s\t%s\t% v\n", q.name,
			aligned(r.numpy.count(text.numpy, q, likeNumPy)),
			aligned(r.pytorch.count(text.pytorch, q, likePyTorch)), q.value)
	}
	tw.Flush()
	fmt.Fprint(w, "\nW2, b2, W1 and b1 are the parameters after the update.\n")
	if texts[len(texts)-1].numpy == "" {
		fmt.Fprintf(w, "They are not compared, because of -eta: the tutorial's eta is %v.\n", tutorialSetup.eta)
	}
	fmt.Fprint(w, legend)
	return r
}

const legend = `(8): how many digits autodiff and the tutorial's number share: −log₁₀ of their
     relative difference, rounded down. Rounding to 8 digits leaves 7 or 8;
     equal numbers share 16. (8!) marks a number that is not reproduced.
NumPy prints up to 8 decimals. A number is reproduced if autodiff's, printed in
the same way, reads the same.
PyTorch computes in float32, with 24 bits. A number is reproduced if autodiff's
differs by at most one unit in the last of these bits. The two agree to about
1e-7: the further digits that PyTorch prints are those of a rounded number.

`

// compareHand prints the table without numbers of the tutorial.
func compareHand(w io.Writer, byHand, autodiff []quantity) {
	fmt.Fprint(w, "The derivation by hand and autodiff:\n\n")
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "\t by hand\t autodiff\tdigits shared")
	for i, q := range autodiff {
		fmt.Fprintf(tw, "%s\t% v\t% v\t%13d\n", q.name,
			byHand[i].value, q.value, significant.Shared(q.value, byHand[i].value))
	}
	tw.Flush()
	fmt.Fprint(w, "\nEqual numbers share 16 digits. ")
}

// aligned puts a space before a positive number, where a negative one has its sign.
func aligned(text string) string {
	switch {
	case text == "":
		return " –"
	case strings.HasPrefix(text, "-"):
		return text
	}
	return " " + text
}
