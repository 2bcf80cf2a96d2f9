package chart

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/chart/field"
)

// These bars, fields, tables and axes are errors.
func TestCheck(t *testing.T) {
	bars := func(change func(c *Chart)) Chart {
		c := groups(Axis{}, []float64{1, 2, 3}, []float64{1, 0, 3})
		change(&c)
		return c
	}
	fields := func(change func(c *Chart)) Chart {
		grid := []float64{1, 2, 3}
		c := Chart{Title: "F", Field: field.Sample("line", grid, grid, math.Hypot)}
		change(&c)
		return c
	}
	cells := func(change func(c *Chart)) Chart {
		c := table()
		change(&c)
		return c
	}
	const (
		bar   = `chart "Bars", series "series 1": bar `
		where = ", the place of its name, and y finite, 0 or positive on a logarithmic axis"
		grid  = ", want finite, ascending numbers, positive on a logarithmic axis"
		limit = ", want finite numbers, Min < Max, positive on a logarithmic axis"
		names = "want a name for each row and column"
	)
	for _, test := range []struct {
		name  string
		chart Chart
		want  string
	}{
		{"bars", bars(func(*Chart) {}), ""},
		{"bars of height zero on a logarithmic axis", bars(func(c *Chart) { c.Y.Log = true }), ""},
		{
			"bars without names", bars(func(c *Chart) { c.X.Names = nil }),
			`chart "Bars", series "series 0": 3 bars and 0 names of the x axis, want the same number of both`,
		},
		{
			"fewer bars than names", bars(func(c *Chart) { c.Series[1] = Sequence("s", Bars, 1, 2) }),
			`chart "Bars", series "s": 2 bars and 3 names of the x axis, want the same number of both`,
		},
		{
			"bars, y lacking", bars(func(c *Chart) { c.Series[1].Y = []float64{1, 2} }),
			`chart "Bars", series "series 1": 3 x and 2 y, want the same number of both, one or more`,
		},
		{
			"fractional x", bars(func(c *Chart) { c.Series[1].X[1] = 0.5 }),
			bar + "1 is (0.5, 0), want x = 1" + where,
		},
		{
			"x twice", bars(func(c *Chart) { c.Series[1].X[2] = 1 }),
			bar + "2 is (1, 3), want x = 2" + where,
		},
		{
			"x NaN", bars(func(c *Chart) { c.Series[1].X[0] = math.NaN() }),
			bar + "0 is (NaN, 1), want x = 0" + where,
		},
		{
			"y NaN", bars(func(c *Chart) { c.Series[1].Y[0] = math.NaN() }),
			bar + "0 is (0, NaN), want x = 0" + where,
		},
		{
			"y infinite", bars(func(c *Chart) { c.Series[1].Y[0] = math.Inf(1) }),
			bar + "0 is (0, +Inf), want x = 0" + where,
		},
		{
			"negative on a logarithmic axis", bars(func(c *Chart) { c.Y.Log, c.Series[1].Y[2] = true, -3 }),
			bar + "2 is (2, -3), want x = 2" + where,
		},
		{
			"names on a logarithmic axis", bars(func(c *Chart) { c.X.Log = true }),
			`chart "Bars", x axis: it is logarithmic and has 3 names, want one or the other`,
		},
		{
			"range backwards", bars(func(c *Chart) { c.Y.Min, c.Y.Max = 1, 0 }),
			`chart "Bars", y axis: Min is 1 and Max is 0` + limit,
		},
		{
			"range of NaN", bars(func(c *Chart) { c.Y.Max = math.NaN() }),
			`chart "Bars", y axis: Min is 0 and Max is NaN` + limit,
		},
		{
			"range from zero on a logarithmic axis", bars(func(c *Chart) { c.Y.Log, c.Y.Max = true, 1 }),
			`chart "Bars", y axis: Min is 0 and Max is 1` + limit,
		},
		{"field", fields(func(*Chart) {}), ""},
		{
			"no grid", fields(func(c *Chart) { c.Field.Y = c.Field.Y[:1] }),
			`chart "F", field "line": 3 x and 1 y, want two or more of each`,
		},
		{
			"x does not ascend", fields(func(c *Chart) { c.Field.X = []float64{1, 3, 3} }),
			`chart "F", field "line": X[2] is 3` + grid,
		},
		{
			"y descends", fields(func(c *Chart) { c.Field.Y = []float64{3, 2, 1} }),
			`chart "F", field "line": Y[1] is 2` + grid,
		},
		{
			"grid of NaN", fields(func(c *Chart) { c.Field.X = []float64{math.NaN(), 1, 2} }),
			`chart "F", field "line": X[0] is NaN` + grid,
		},
		{
			"grid at zero of a logarithmic axis",
			fields(func(c *Chart) { c.Y.Log, c.Field.Y = true, []float64{0, 1, 2} }),
			`chart "F", field "line": Y[0] is 0` + grid,
		},
		{
			"row missing", fields(func(c *Chart) { c.Field.Z[0] = c.Field.Z[0][:2] }),
			`chart "F", field "line": 2 rows of Z[0], want one for each x, 3`,
		},
		{
			"value missing", fields(func(c *Chart) { c.Field.Z[0][1] = c.Field.Z[0][1][:2] }),
			`chart "F", field "line": row 1 of Z[0] has 2 values, want one for each y, 3`,
		},
		{
			"value NaN", fields(func(c *Chart) { c.Field.Z[0][1][2] = math.NaN() }),
			`chart "F", field "line": value Z[0][1][2] is NaN, want a finite number`,
		},
		{
			"value infinite", fields(func(c *Chart) { c.Field.Z[0][2][0] = math.Inf(-1) }),
			`chart "F", field "line": value Z[0][2][0] is -Inf, want a finite number`,
		},
		{
			"series over a field", fields(func(c *Chart) { c.Series = []Series{Sequence("s", Points)} }),
			`chart "F", series "s": 0 x and 0 y, want the same number of both, one or more`,
		},
		{"table", cells(func(*Chart) {}), ""},
		{
			"table with a mark", cells(func(c *Chart) { c.Marks = []Mark{{}} }),
			`chart "Table" has cells and also series, marks, levels or a field, want cells alone`,
		},
		{
			"table with a level", cells(func(c *Chart) { c.Levels = []Level{{}} }),
			`chart "Table" has cells and also series, marks, levels or a field, want cells alone`,
		},
		{
			"table with a field", cells(func(c *Chart) { c.Field = &field.Field{} }),
			`chart "Table" has cells and also series, marks, levels or a field, want cells alone`,
		},
		{
			"table with a series", cells(func(c *Chart) { c.Series = []Series{{}} }),
			`chart "Table" has cells and also series, marks, levels or a field, want cells alone`,
		},
		{
			"rows without names", cells(func(c *Chart) { c.Y.Names = nil }),
			`chart "Table": 3 rows of cells, 0 names of the y axis and 2 of the x axis, ` + names,
		},
		{
			"columns without names", cells(func(c *Chart) { c.X.Names = nil }),
			`chart "Table": 3 rows of cells, 3 names of the y axis and 0 of the x axis, ` + names,
		},
		{
			"table of nothing", cells(func(c *Chart) { c.Cells, c.Y.Names = [][]Cell{}, nil }),
			`chart "Table": 0 rows of cells, 0 names of the y axis and 2 of the x axis, ` + names,
		},
		{
			"short row", cells(func(c *Chart) { c.Cells[2] = c.Cells[2][:1] }),
			`chart "Table": row 2 has 1 cells, want one for each of the 2 names of the x axis`,
		},
		{
			"shade above 1", cells(func(c *Chart) { c.Cells[1][0].Shade = 90 }),
			`chart "Table": cell 0 in row 1 has the shade 90, want a number from 0 to 1`,
		},
		{
			"shade of a row without sum", cells(func(c *Chart) { c.Cells[2][1].Shade = math.NaN() }),
			`chart "Table": cell 1 in row 2 has the shade NaN, want a number from 0 to 1`,
		},
	} {
		got := ""
		if err := test.chart.check(); err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s: error (-want +got):\n%s", test.name, diff)
		}
	}
}
