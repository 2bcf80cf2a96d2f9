package network

import (
	"fmt"
	"math"
	"slices"

	"github.com/gradus-go/gradus/internal/plane"
)

// An Edit is a change of the points, which become one's own. X and Y are places in the picture.
type Edit struct {
	Do       string  `json:"do"` // keep, add, remove or find, which is about the nearest, or read
	X        float64 `json:"x"`
	Y        float64 `json:"y"`
	Positive bool    `json:"positive"`
	Text     string  `json:"text"`
}

// Edited are the points after an edit, as a setting. For find they are as before.
type Edited struct {
	Own  string `json:"own"`
	Row  int    `json:"row"`
	Text string `json:"text"` // a sentence about the point
}

// points changes the points, which does not change the network in training. It must be started again.
func (d *desk) points(e Edit) (edited Edited, err error) {
	n := d.session
	if e.Do == "read" {
		points, err := plane.Read(e.Text)
		if err == nil {
			edited.Own, err = plane.Write(points)
		}
		edited.Text = fmt.Sprintf("%d points", len(points))
		return edited, err
	}
	if n == nil {
		return edited, errNotStarted
	}
	x, y := n.view.At(e.X, e.Y)
	digits := n.view.Half / 500 // what a hand can tell apart
	point := plane.Point{X: plane.Round(x, digits), Y: plane.Round(y, digits), Positive: e.Positive}
	points := slices.Clone(n.points)
	nearest := 0
	for i, p := range points {
		if math.Hypot(p.X-x, p.Y-y) < math.Hypot(points[nearest].X-x, points[nearest].Y-y) {
			nearest = i
		}
	}
	edited.Row = nearest
	switch e.Do {
	case "find", "keep":
		point = points[nearest]
	case "add":
		points = append(points, point)
	case "remove":
		point = points[nearest]
		points = slices.Delete(points, nearest, nearest+1)
	default:
		return edited, fmt.Errorf("the page wants to %.40q points, which the engine cannot", e.Do)
	}
	if len(points) < 2 || len(points) > plane.Most {
		return edited, fmt.Errorf("there would be %d points, want 2 to %d", len(points), plane.Most)
	}
	edited.Text = fmt.Sprintf("%.4g, %.4g, class %s", point.X, point.Y, point.Sign())
	if e.Do != "find" {
		edited.Own, err = plane.Write(points)
	}
	return edited, err
}
