package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/gradus-go/gradus/internal/significant"
)

// compare prints the table and what it shows. The three lists are in the same order. If texts is
// nil, the table compares the derivation by hand with autodiff only.
func compare(w io.Writer, texts []printed, byHand, autodiff []quantity) (r result) {
	if texts != nil {
		r = compareTexts(w, texts, byHand, autodiff)
	} else {
		compareHand(w, byHand, autodiff)
	}
	same := 0
	for i := range autodiff {
		if byHand[i].value == autodiff[i].value {
			same++
		}
	}
	fmt.Fprintf(w, "The derivation by hand and autodiff agree to the last bit in %d of %d "+
		"numbers.\n\n", same, len(autodiff))
	if texts != nil {
		fmt.Fprint(w, disagreements)
	}
	return r
}

// compareTexts prints the table with the numbers that the tutorial prints.
func compareTexts(w io.Writer, texts []printed, byHand, autodiff []quantity) (r result) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "\t the tutorial prints\t\t this program computes\t\tdigits\tshared")
	fmt.Fprintln(tw, "quantity\t NumPy\t PyTorch\t hand derivation\t autodiff\t NumPy\tPyTorch")
	for i, q := range autodiff {
		text := texts[i]
		fmt.Fprintf(tw, "%s\t%s\t%s\t% v\t% v\t%s\t%s\n", q.name,
			aligned(text.numpy), aligned(text.pytorch), byHand[i].value, q.value,
			r.numpy.count(text.numpy, q, likeNumPy), r.pytorch.count(text.pytorch, q, likePyTorch))
	}
	tw.Flush()
	fmt.Fprint(w, legend)
	return r
}

const legend = `
W2, b2, W1, b1: the parameters after the update.
digits shared:  how many digits autodiff and the tutorial's number have in common: −log₁₀ of
                their relative difference, rounded down. Rounding to 8 digits leaves 7 or 8;
                equal numbers share 16.
NumPy:          prints up to 8 decimals. A number is reproduced if autodiff's, printed in the
                same way, reads the same.
PyTorch:        computes in float32, with 24 bits. A number is reproduced if autodiff's differs
                by at most one unit in the last of these bits. The two agree to about 1e-7: the
                further digits that PyTorch prints are those of a rounded number.

`

// compareHand prints the table without numbers of the tutorial.
func compareHand(w io.Writer, byHand, autodiff []quantity) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "quantity\t hand derivation\t autodiff\tdigits shared")
	for i, q := range autodiff {
		fmt.Fprintf(tw, "%s\t% v\t% v\t%13d\n", q.name,
			byHand[i].value, q.value, significant.Shared(q.value, byHand[i].value))
	}
	tw.Flush()
	fmt.Fprint(w, "\nW2, b2, W1, b1: the parameters after the update. Equal numbers share 16 digits.\n\n")
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
