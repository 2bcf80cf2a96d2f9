package chart

import (
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/picture/picturetest"
)

// table returns a table with three rows and two columns.
func table() Chart {
	return Chart{
		Title: "Table",
		X:     Axis{Label: "predicted", Names: []string{"cat", "dog"}},
		Y:     Axis{Label: "true", Names: []string{"a cat", "a dog", "neither"}},
		Cells: [][]Cell{
			{{"90", 0.9}, {"10", 0.1}},
			{{"25", 0.25}, {"75", 0.75}},
			{{"", 0}, {"all", 1}},
		},
	}
}

// Each cell has its shade, and its text in the middle. The first row is at the top.
func TestCells(t *testing.T) {
	c := table()
	img, at := picturetest.Saved(t, c), placed(t, c)
	if at(0, 0).Y >= at(0, 1).Y {
		t.Fatal("the first row is not on top")
	}
	for i, row := range c.Cells {
		for j, cell := range row {
			middle := at(float64(j), float64(i))
			for _, corner := range []image.Point{
				at(float64(j)-0.48, float64(i)-0.48), at(float64(j)+0.48, float64(i)+0.48),
			} {
				if got, want := picturetest.At(img, corner), picture.Tint(picture.Dark, cell.Shade); got != want {
					t.Errorf("cell %d in row %d is %v, want %v", j, i, got, want)
				}
			}
			text := pixels(img, image.Rect(middle.X-15, middle.Y-10, middle.X+15, middle.Y+10))
			if (len(text) > 1) != (cell.Text != "") {
				t.Errorf("cell %d in row %d: %d colours in the middle, text %q", j, i, len(text), cell.Text)
			}
		}
	}
	svg := savedAs(t, "chart.svg", c)
	checkTexts(t, svg, "cat", "dog", "a cat", "neither", "90", "10", "25", "75", "all")
}

// Text is legible on each shade, and stays within its cell.
func TestCellText(t *testing.T) {
	shades := Chart{X: Axis{Names: layers(6)}, Y: Axis{Names: layers(7)}}
	for i := range 7 {
		var row []Cell
		for j := range 6 {
			row = append(row, Cell{"████", float64(6*i+j) / 41})
		}
		shades.Cells = append(shades.Cells, row)
	}
	img, at := picturetest.Saved(t, shades), placed(t, shades)
	for i, row := range shades.Cells {
		for j, cell := range row {
			x, y := float64(j), float64(i)
			ratio, middle := 0.0, at(x, y)
			text := image.Rectangle{middle.Sub(image.Pt(10, 4)), middle.Add(image.Pt(10, 4))}
			for c := range pixels(img, text) {
				ratio = max(ratio, contrast(c, picturetest.At(img, at(x-0.45, y))))
			}
			if ratio < 4 {
				t.Errorf("shade %v: contrast %.2f, want 4 or more", cell.Shade, ratio)
			}
		}
	}
	c := table()
	c.Cells[1][0].Text = strings.Repeat("a long text ", 9)
	img, at = picturetest.Saved(t, c), placed(t, c)
	edge := image.Rectangle{at(0.48, 0.55), at(0.49, 1.45)}
	if n := pixels(img, edge); len(n) != 1 {
		t.Errorf("the text reaches the border of its cell: %v", n)
	}
}

// contrast returns the contrast ratio of two colours.
//
// Source: Web Content Accessibility Guidelines 2.2, W3C 2023, relative luminance.
func contrast(a, b color.RGBA) float64 {
	luminance := func(c color.RGBA) (sum float64) {
		for i, v := range []uint8{c.R, c.G, c.B} {
			x := float64(v) / 255
			if x <= 0.04045 {
				x /= 12.92
			} else {
				x = math.Pow((x+0.055)/1.055, 2.4)
			}
			sum += []float64{0.2126, 0.7152, 0.0722}[i] * x
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Names of rows are also left out if there are many.
func TestCellsManyRows(t *testing.T) {
	c := Chart{Title: "Table", X: Axis{Names: layers(1)}, Y: Axis{Names: layers(60)}}
	for range c.Y.Names {
		c.Cells = append(c.Cells, []Cell{{"1", 0.5}})
	}
	texts := texts(t, savedAs(t, "chart.svg", c))
	if texts["layer 2"] > 0 || texts["layer 5"] != 1 || texts["1"] != 60 {
		t.Errorf("texts %v, want every fourth name and all 60 numbers", texts)
	}
}

// There are lines between the cells, unless they would hide the cells.
func TestCellsLines(t *testing.T) {
	for n, lines := range map[int]int{10: 100, 200: 0} {
		c := Chart{Title: "Table", X: Axis{Names: layers(n)}, Y: Axis{Names: layers(n)}}
		for range n {
			c.Cells = append(c.Cells, make([]Cell, n))
		}
		svg := string(savedAs(t, "chart.svg", c))
		if got := strings.Count(svg, "Z\" style=\"fill:none;stroke:#E1E1E1"); got != lines {
			t.Errorf("%d cells have %d frames, want %d", n*n, got, lines)
		}
	}
}
