// Package confusion counts which classes a classifier takes for which.
package confusion

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture/chart"
)

// A Matrix counts samples: m[i][j] are those of class i, counted from 0, that were taken for j.
type Matrix [][]int

// New returns the matrix of as many true classes as predicted ones.
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

// Precision returns the share of class i in what was taken for it, NaN if nothing was.
func (m Matrix) Precision(i int) float64 {
	taken := 0
	for _, row := range m {
		taken += row[i]
	}
	return float64(m[i][i]) / float64(taken)
}

// Recall returns the share of class i that was taken for it, NaN if there is none.
func (m Matrix) Recall(i int) float64 { return float64(m[i][i]) / float64(sum(m[i])) }

func sum(x []int) (s int) {
	for _, n := range x {
		s += n
	}
	return s
}

// room is how many columns of text the counts may take.
const room = 85

// String returns a table with a row for each class: how many of it were taken for which, and
// precision and recall in percent. If there are too many classes to stand side by side, a row
// has only what the class was most often mistaken for.
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
		fmt.Fprintf(&s, "%11s%9s", report.Percent(m.Precision(i), 1), report.Percent(m.Recall(i), 1))
		if !isWide {
			continue
		}
		if j := m.worst(i); m[i][j] > 0 {
			fmt.Fprintf(&s, "  %d (%d)", j, m[i][j])
		}
	}
	return s.String() + "\n"
}

// dot returns the number, or a dot that is more easily overlooked than a 0.
func dot(n int) string {
	if n == 0 {
		return "·"
	}
	return strconv.Itoa(n)
}

// worst returns the class that most of class i were mistaken for.
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

// Chart returns the matrix as a picture. Shades are square roots of the shares of each true
// class, so that single mistakes can be seen.
func (m Matrix) Chart(title string) chart.Chart {
	c := chart.Chart{
		Title: title, X: chart.Axis{Label: "taken for"}, Y: chart.Axis{Label: "true class"},
		Cells: make([][]chart.Cell, len(m)),
	}
	for i, row := range m {
		c.X.Names = append(c.X.Names, strconv.Itoa(i))
		for _, n := range row {
			cell := chart.Cell{Shade: math.Sqrt(float64(n) / float64(max(1, sum(row))))}
			if n > 0 {
				cell.Text = strconv.Itoa(n)
			}
			c.Cells[i] = append(c.Cells[i], cell)
		}
	}
	c.Y.Names = c.X.Names
	return c
}
