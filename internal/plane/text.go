package plane

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/internal/decimal"
)

// Most is how many points a list has at most.
const Most = 2000

// These bound the text of a file, and what is kept in an address.
const mostText, mostKept = 500_000, 20_000

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", ";", "\n")

// Read reads points, one in each line or before each semicolon: two coordinates and a class, between
// commas, tabs or blanks. There are two classes, of any names; + is the positive one or, of other names,
// the one that comes later in the alphabet, or is the greater number. Names that differ in capital letters
// alone, or are the same number, are an error: they may be one class in two spellings. The first line may be
// a heading, which has no numbers in the places of coordinates.
func Read(text string) (points []Point, err error) {
	if len(text) > mostText {
		return nil, fmt.Errorf("the text has %d bytes, want at most %d", len(text), mostText)
	}
	var classes []string
	var labels []string
	isFirst := true
	rows := strings.Split(strings.TrimRight(lineEnds.Replace(text), "\n"), "\n")
	for i, row := range rows {
		cells := strings.FieldsFunc(row, func(r rune) bool { return r == ',' || r == '\t' || r == ' ' })
		if len(cells) == 0 {
			continue
		}
		if len(cells) != 3 {
			return nil, fmt.Errorf("row %d has %d columns, want 3: x, y and a class", i+1, len(cells))
		}
		wasFirst := isFirst
		if isFirst = false; wasFirst && !isNumber(cells[0]) && !isNumber(cells[1]) {
			continue // a heading
		}
		p := [2]float64{}
		for k := range p {
			p[k], err = decimal.Parse(cells[k])
			if err == nil && math.Abs(p[k]) > 1e6 {
				err = fmt.Errorf("row %d, column %d: %.40q is out of range, want a number from -1e6 to 1e6",
					i+1, k+1, cells[k])
			} else if err != nil {
				err = fmt.Errorf("row %d, column %d: %.40q is not a number", i+1, k+1, cells[k])
			}
			if err != nil {
				return nil, err
			}
		}
		class := strings.Trim(cells[2], `"'`)
		if !slices.Contains(classes, class) {
			if k := slices.IndexFunc(classes, func(c string) bool { return isSame(c, class) }); k >= 0 {
				return nil, fmt.Errorf("row %d, column 3: %.40q may be %.40q of a row above it, want each class "+
					"written in one way", i+1, class, classes[k])
			}
			classes = append(classes, class)
		}
		if len(classes) > 2 {
			return nil, fmt.Errorf("row %d, column 3: %.40q is a third class, after %.40q and %.40q; want two",
				i+1, class, classes[0], classes[1])
		}
		labels, points = append(labels, class), append(points, Point{X: p[0], Y: p[1]})
	}
	if len(points) < 2 || len(points) > Most {
		return nil, fmt.Errorf("there are %d points, want 2 to %d", len(points), Most)
	}
	for i, label := range labels {
		points[i].Positive = isPositive(label, classes)
	}
	return points, nil
}

func isNumber(cell string) bool {
	_, err := decimal.Parse(cell)
	return err == nil
}

// isSame reports whether two names may be spellings of one.
func isSame(a, b string) bool {
	x, errX := decimal.Parse(a)
	y, errY := decimal.Parse(b)
	return strings.EqualFold(a, b) || errX == nil && errY == nil && x == y
}

// isPositive reports whether a class is the positive one of one or two.
func isPositive(class string, classes []string) bool {
	x, err := decimal.Parse(class)
	if len(classes) == 1 {
		return class == "+" || err == nil && x > 0
	}
	other := classes[0]
	if other == class {
		other = classes[1]
	}
	y, err2 := decimal.Parse(other)
	switch {
	case class == "+" || other == "+":
		return class == "+"
	case err == nil && err2 == nil:
		return x > y
	}
	return class > other
}

// Write writes points as Read reads them.
func Write(points []Point) (string, error) {
	var b strings.Builder
	for i, p := range points {
		if i > 0 {
			b.WriteByte(';')
		}
		fmt.Fprintf(&b, "%.6g,%.6g,%s", p.X, p.Y, p.Sign())
	}
	if b.Len() > mostKept {
		return "", fmt.Errorf("%d points are %d characters: too long for an address, which takes %d",
			len(points), b.Len(), mostKept)
	}
	return b.String(), nil
}

// A Square is a part of the plane that is drawn.
type Square struct{ X, Y, Half float64 } // centre and half of a side

// Around returns a square with all points. For points of one's own, who adds some, it stays the same
// while it can.
func Around(points []Point, own bool) Square {
	lo, hi := [2]float64{points[0].X, points[0].Y}, [2]float64{points[0].X, points[0].Y}
	for _, p := range points {
		lo[0], lo[1], hi[0], hi[1] = min(lo[0], p.X), min(lo[1], p.Y), max(hi[0], p.X), max(hi[1], p.Y)
	}
	if own && max(-lo[0], -lo[1], hi[0], hi[1]) <= 1 {
		return Square{0, 0, 1.2}
	}
	return Square{(lo[0] + hi[0]) / 2, (lo[1] + hi[1]) / 2, max(1e-3, 0.6*max(hi[0]-lo[0], hi[1]-lo[1]))}
}

// At returns the place of a point of the picture, given as shares from its left upper corner.
func (s Square) At(right, down float64) (x, y float64) {
	return s.X + s.Half*(2*right-1), s.Y + s.Half*(1-2*down)
}

// Place returns where a point is in the picture.
func (s Square) Place(p Point) (right, down float64) {
	return ((p.X-s.X)/s.Half + 1) / 2, (1 - (p.Y-s.Y)/s.Half) / 2
}

// Sign returns + or -, which class the point belongs to.
func (p Point) Sign() string {
	if p.Positive {
		return "+"
	}
	return "-"
}

// Round rounds to the power of ten that is nearest below least.
func Round(x, least float64) float64 {
	unit := math.Pow(10, math.Floor(math.Log10(least)))
	return math.Round(x/unit) * unit
}
