package confusion

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// A Matrix counts samples: m[i][j] is the number of samples of class i that were taken for class j,
// where the classes are numbered from 0.
type Matrix [][]int

// New returns the matrix for samples with these true and these predicted classes, of which there must
// be the same number.
func New(classes int, truth, predicted []int) Matrix {
	m := make(Matrix, classes)
	for i := range m {
		m[i] = make([]int, classes)
	}
	for i, class := range truth {
		m[class][predicted[i]]++
	}
	return m
}

// precision returns which share of the samples that were taken for class i belong to it. It is NaN if
// there are none.
func (m Matrix) precision(i int) float64 {
	taken := 0
	for _, row := range m {
		taken += row[i]
	}
	return float64(m[i][i]) / float64(taken)
}

// recall returns which share of the samples of class i were taken for it. It is NaN if there are
// none.
func (m Matrix) recall(i int) float64 { return float64(m[i][i]) / float64(sum(m[i])) }

func sum(x []int) (s int) {
	for _, n := range x {
		s += n
	}
	return s
}

// room is the largest width of the counts, in columns of text: what the class and its two shares leave.
const room = wrap.Columns - 5 - 20

// String returns a table with a row for each true class: the counts of the predicted classes, and
// precision and recall in percent. If there are too many classes to stand side by side, a row has
// only the class for which the true class was most often mistaken, in place of the counts.
func (m Matrix) String() string {
	column := 2
	for _, row := range m {
		column = max(column, len(strconv.Itoa(max(len(m)-1, slices.Max(row))))+1)
	}
	isWide := column*len(m) > room
	var s strings.Builder
	s.WriteString("class")
	for j := 0; j < len(m) && !isWide; j++ {
		fmt.Fprintf(&s, "%*d", column, j)
	}
	s.WriteString("  precision   recall")
	if isWide {
		s.WriteString("  most often mistaken for")
	}
	for i := range m {
		fmt.Fprintf(&s, "\n%5d", i)
		for j := 0; j < len(m) && !isWide; j++ {
			fmt.Fprintf(&s, "%*s", column, dot(m[i][j]))
		}
		fmt.Fprintf(&s, "%11s%9s", report.Percent(m.precision(i), 1), report.Percent(m.recall(i), 1))
		if !isWide {
			continue
		}
		if j := m.worst(i); m[i][j] > 0 {
			fmt.Fprintf(&s, "  %d (%d)", j, m[i][j])
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
func (m Matrix) worst(i int) (worst int) {
	if i == 0 {
		worst = 1
	}
	for j, n := range m[i] {
		if j != i && n > m[i][worst] {
			worst = j
		}
	}
	return worst
}

// Chart returns the matrix as a chart, see [chart.Confusion].
func (m Matrix) Chart(title string) chart.Chart {
	c := chart.Confusion(m, nil)
	c.Title = title
	return c
}
