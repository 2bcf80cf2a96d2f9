package chart

import (
	"bytes"
	"errors"
	"image"
	"image/color"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// example returns a chart with everything that a chart can have, except bars, a field and cells.
func example() Chart {
	return Chart{
		Title: "A title",
		X:     Axis{Label: "step h", Log: true},
		Y:     Axis{Label: "error in m"},
		Series: []Series{
			{Name: "first", X: []float64{1e-3, 1, 1e3}, Y: []float64{1, 2, 3}, Style: LinePoints},
			{Name: "second", X: []float64{1e-2, 1e2}, Y: []float64{3, 1}},
			{X: []float64{1}, Y: []float64{1.5}, Style: Points},
		},
		Marks: []Mark{{Name: "a mark", X: 10}},
	}
}

func TestSavePNG(t *testing.T) {
	img := picturetest.Saved(t, example())
	if got, want := img.Bounds().Size(), (image.Point{X: 960, Y: 540}); got != want {
		t.Errorf("size %v, want %v", got, want)
	}
	drawn := pixels(img, aboveLegend)
	for i, c := range picture.Palette[:3] {
		if drawn[c] == 0 {
			t.Errorf("series %d: its colour %v is not between the axes", i, c)
		}
	}
	// A solid line has more pixels than a dashed one.
	c := example()
	c.Series[0].Style = Points // so that the second is the first line
	solid := pixels(picturetest.Saved(t, c), aboveLegend)[picture.Palette[1]]
	if 5*solid < 6*drawn[picture.Palette[1]] {
		t.Errorf("first line: %d pixels, the same as second line: %d", solid, drawn[picture.Palette[1]])
	}
	// The mark at 10 is in the column in which 10 is on the logarithmic axis.
	if n := blackColumn(img); n < 560 || n > 670 {
		t.Errorf("the mark is in column %d, want it right of the middle", n)
	}
}

// A level lies at its number on the y axis, from the left to the right, and has an entry in the legend.
func TestLevel(t *testing.T) {
	c := example()
	c.Series, c.Marks = c.Series[:1], nil
	c.Levels = []Level{{Name: "the floor", Y: 0.5}} // below all data
	for _, c.Y.Log = range []bool{false, true} {
		img, at := picturetest.Saved(t, c), placed(t, c)
		black := func(y int) int { return pixels(img, image.Rect(200, y-1, 900, y+2))[color.RGBA{A: 255}] }
		if y := at(1, 0.5).Y; black(y) < 100 || black(y-5) > 0 || black(y+5) > 0 {
			t.Errorf("logarithmic: %t: %d black pixels at the level, %d above and %d below, want them at the level "+
				"alone", c.Y.Log, black(y), black(y-5), black(y+5))
		}
	}
	c.Levels[0].Y = -1
	if err := c.check(); err == nil {
		t.Error("no error for the level −1 on a logarithmic axis")
	}
	c.Y.Log = false
	svg := savedAs(t, "chart.svg", c) // the other axis is logarithmic
	checkTexts(t, svg, "the floor")
	if n := bytes.Count(svg, []byte("stroke-dasharray:1.5,3")); n != 2 {
		t.Errorf("%d dotted lines, want that of the level and its sample in the legend", n)
	}
}

// blackColumn returns the column with the most black pixels right of the y axis.
func blackColumn(img image.Image) (column int) {
	most := 0
	for x := 200; x < 960; x++ {
		if n := pixels(img, image.Rect(x, 50, x+1, 400))[color.RGBA{A: 255}]; n > most {
			most, column = n, x
		}
	}
	return column
}

var aboveLegend = image.Rect(0, 0, 960, 480)

func savedAs(t *testing.T, name string, c Chart) []byte {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := c.Save(file); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// pixels counts the pixels of each colour.
func pixels(img image.Image, in image.Rectangle) map[color.RGBA]int {
	n := map[color.RGBA]int{}
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			n[picturetest.At(img, image.Pt(x, y))]++
		}
	}
	return n
}

func TestSaveSVG(t *testing.T) {
	b := savedAs(t, "chart.SVG", example())
	if n := bytes.Count(b, []byte("fill:#FFFFFF")); n < 2 {
		t.Errorf("%d white areas, want the page and the axes on it", n)
	}
	checkTexts(t, b, "A title", "step h", "error in m", "first", "second", "a mark", "0.001", "1", "1000")
}

func TestSaveErrors(t *testing.T) {
	const file = "chart.png"
	change := func(f func(c *Chart)) Chart {
		c := example()
		f(&c)
		return c
	}
	const point = `chart.png: chart "A title", series "first": point 1 is (%), want finite numbers, ` +
		"positive on a logarithmic axis"
	for _, test := range []struct {
		name, file string
		chart      Chart
		want       string
	}{
		{"no ending", "chart", example(), `chart: the ending is "", want .png or .svg`},
		{
			"unknown ending", "a.b/chart.jpg", example(),
			`a.b/chart.jpg: the ending is ".jpg", want .png or .svg`,
		},
		{
			"no series", file,
			Chart{Title: "T"},
			`chart.png: chart "T" has no series, want one or more`,
		},
		{
			"empty series", file,
			Chart{Title: "T", Series: []Series{{Name: "S"}}},
			`chart.png: chart "T", series "S": 0 x and 0 y, want the same number of both, one or more`,
		},
		{
			"y lacking", file, change(func(c *Chart) { c.Series[1].Y = []float64{1} }),
			`chart.png: chart "A title", series "second": 2 x and 1 y, want the same number of both, ` +
				"one or more",
		},
		{
			"zero on a logarithmic axis", file, change(func(c *Chart) { c.Series[0].X[1] = 0 }),
			strings.Replace(point, "%", "0, 2", 1),
		},
		{
			"NaN", file, change(func(c *Chart) { c.Series[0].Y[1] = math.NaN() }),
			strings.Replace(point, "%", "1, NaN", 1),
		},
		{
			"infinity", file, change(func(c *Chart) { c.Series[0].Y[1] = math.Inf(-1) }),
			strings.Replace(point, "%", "1, -Inf", 1),
		},
		{
			"mark on a logarithmic axis", file, change(func(c *Chart) { c.Marks[0].X = -1 }),
			`chart.png: chart "A title", mark "a mark" is at -1, want a finite number, ` +
				"positive on a logarithmic axis",
		},
		{
			"level on a linear axis", file,
			change(func(c *Chart) { c.Levels = []Level{{"a level", math.Inf(1)}} }),
			`chart.png: chart "A title", level "a level" is at +Inf, want a finite number, ` +
				"positive on a logarithmic axis",
		},
		{"no folder", "none/chart.png", example(), "open none/chart.png: no such file or directory"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			err := test.chart.Save(test.file)
			if err == nil {
				t.Fatal("no error")
			}
			if diff := cmp.Diff(test.want, err.Error()); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if _, err := os.Stat(test.file); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("there is a file all the same (%v)", err)
			}
		})
	}
}

// The axes have these ranges, in gonum's coordinates.
func TestScale(t *testing.T) {
	p, _ := example().plot()
	// From 10⁻³ to 10³ and 1 to 3, widened by 3 % on either side.
	got := []float64{p.X.Min, p.X.Max, p.Y.Min, p.Y.Max}
	want := []float64{-3.18, 3.18, 0.94, 3.06}
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("ranges %v, want %v", got, want)
			break
		}
	}
	c := example()
	c.Marks[0].X = 1e5 // a mark is shown though no data are near
	if p, _ = c.plot(); p.X.Max < 5 || p.Y.Max > 3.1 {
		t.Errorf("mark at 10⁵: axes end at 10^%v and %v", p.X.Max, p.Y.Max)
	}
}

func TestLegendRows(t *testing.T) {
	page := draw.New(vgsvg.New(picture.Width, picture.Height))
	var l legend
	l.add("") // no name, no entry
	for range 5 {
		l.add("a name of some length", ruler{})
	}
	places, rows := l.places(page)
	if len(places) != 5 || rows != 2 {
		t.Fatalf("%d entries in %d rows, want 5 in 2", len(places), rows)
	}
	for i, at := range places {
		right := at.X + l[i].Rectangle(page).Size().X
		if at.X < 0 || right > picture.Width {
			t.Errorf("entry %d is at %v and ends at %v of %v", i, at, right, picture.Width)
		}
		if i == 0 {
			continue
		}
		before := places[i-1]
		sameRow := at.Y == before.Y && at.X > before.X+l[i-1].Rectangle(page).Size().X
		if nextRow := at.X == 0 && at.Y == before.Y+vg.Points(legendRow); !sameRow && !nextRow {
			t.Errorf("entry %d is at %v, the one before at %v", i, at, before)
		}
	}
	above := l.draw(page)
	if got, want := above.Size().Y, page.Size().Y-vg.Points(2*legendRow+legendAbove); got != want {
		t.Errorf("%v are left above two rows, want %v", got, want)
	}
}

func TestSequence(t *testing.T) {
	got := Sequence("s", Points, 5, 6)
	got.Add(7, 8)
	want := Series{Name: "s", X: []float64{0, 1, 7}, Y: []float64{5, 6, 8}, Style: Points}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A chart is the caller's to change, and so are the slices that it was made of.
func TestChartIsOfItsOwn(t *testing.T) {
	losses, names := []float64{3, 2, 1}, []string{"cat", "dog"}
	s := Named("first", losses[:2])
	s.Add(2, 7)
	curves := []Series{s}
	c := Loss(curves...)
	c.Series[0].Name = "changed"
	m := Confusion([][]int{{1, 0}, {0, 1}}, names)
	m.Y.Names[0] = "truly cat"
	if losses[2] != 1 || curves[0].Name != "first" || names[0] != "cat" || m.X.Names[0] != "cat" {
		t.Errorf("losses %v, curve %q, names %v, columns %v; want what they were", losses, curves[0].Name, names,
			m.X.Names)
	}
}
