package confusion

import (
	"math"
	"strconv"

	"github.com/gradus-go/gradus/internal/picture/chart"
	"github.com/gradus-go/gradus/nn/data"
)

// Chart returns the counts as a chart. The shade of a cell is the square root of its share of the true
// class, so that single mistakes can be seen.
func Chart(title string, m *data.Confusion) chart.Chart {
	c := chart.Chart{
		Title: title, X: chart.Axis{Label: "taken for", Names: m.Classes},
		Y:     chart.Axis{Label: "true class", Names: m.Classes},
		Cells: make([][]chart.Cell, len(m.Counts)),
	}
	for i, row := range m.Counts {
		all := 0
		for _, n := range row {
			all += n
		}
		for _, n := range row {
			cell := chart.Cell{Shade: math.Sqrt(float64(n) / float64(max(1, all)))}
			if n > 0 {
				cell.Text = strconv.Itoa(n)
			}
			c.Cells[i] = append(c.Cells[i], cell)
		}
	}
	return c
}
