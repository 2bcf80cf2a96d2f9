package data

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/percent"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// longestName is how many letters of the name of a class are printed.
const longestName = 20

// String returns a table with a row for each true class: the counts of the predicted classes, and
// precision and recall in percent, rounded down, so that only all of them are 100 %. If there are too many
// classes to stand side by side, a row has only the class for which the true class was most often mistaken,
// in place of the counts. Of a long name, the end or the middle is left out, so that it differs from others.
func (c *Confusion) String() string {
	if c.size() == 0 {
		return "a Confusion without classes, or without counts for each of them\n"
	}
	names, first, column := wrap.Distinct(c.Classes, longestName), len("class"), 2
	for i, name := range names {
		first = max(first, utf8.RuneCountInString(name))
		column = max(column, utf8.RuneCountInString(name)+1, len(strconv.Itoa(slices.Max(c.Counts[i])))+1)
	}
	const shares = "  precision   recall"
	isWide := first+column*len(names)+len(shares) > wrap.Columns
	var s strings.Builder
	fmt.Fprintf(&s, "%*s", first, "class")
	for j := 0; j < len(names) && !isWide; j++ {
		fmt.Fprintf(&s, "%*s", column, names[j])
	}
	s.WriteString(shares)
	if isWide {
		s.WriteString("  most often mistaken for")
	}
	for i, name := range names {
		fmt.Fprintf(&s, "\n%*s", first, name)
		for j := 0; j < len(names) && !isWide; j++ {
			fmt.Fprintf(&s, "%*s", column, dot(c.Counts[i][j]))
		}
		fmt.Fprintf(&s, "%11s%9s", percent.Down(c.Precision(i), 1), percent.Down(c.Recall(i), 1))
		if j := c.worst(i); isWide && c.Counts[i][j] > 0 && j != i {
			fmt.Fprintf(&s, "  %s (%d)", names[j], c.Counts[i][j])
		}
	}
	return s.String() + "\n"
}

// dot returns the number, or for 0 a dot, which does not catch the eye.
func dot(n int) string {
	if n == 0 {
		return "·"
	}
	return strconv.Itoa(n)
}

// worst returns the class for which samples of class i were most often mistaken.
func (c *Confusion) worst(i int) (worst int) {
	if i == 0 && len(c.Counts) > 1 {
		worst = 1
	}
	for j, n := range c.Counts[i] {
		if j != i && n > c.Counts[i][worst] {
			worst = j
		}
	}
	return worst
}
