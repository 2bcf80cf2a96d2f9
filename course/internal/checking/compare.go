package checking

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// A Slip is a usual wrong answer to an exercise whose answers are functions in Go.
type Slip[A any] struct {
	Factor string // where it goes wrong, such as "the step"
	What   string // what was done there, as a clause: "h is not divided by"
	Answer A      // what computes the same as the slip
}

// A Comparison says how an answer that is a function is compared with the right one.
type Comparison[A any] struct {
	Name  string // of the function
	Right A
	Slips []Slip[A]
	// Points are arguments that the text of the exercise has. Others are drawn at random: each
	// number between From and To.
	Points   [][]float64
	From, To float64
	Run      func(f A, x []float64) float64 // calls the function with these arguments
	Call     func(x []float64) string       // the call as one writes it, as in "Slope(2, 3)"
	// Tolerance is how far a right result may be off, relative to 1 + |right|. If it is 0, it is
	// 1e-9.
	Tolerance float64
}

// Check compares an answer with the right one, and names the slip that computes the same.
func (c Comparison[A]) Check(answer A) Findings {
	points := c.points()
	same := func(a A, x []float64) bool { return c.equal(c.Run(answer, x), c.Run(a, x)) }
	all := func(a A) bool {
		for _, x := range points {
			if !same(a, x) {
				return false
			}
		}
		return true
	}
	if all(c.Right) {
		return Findings{{Name: c.Name, OK: true, Text: c.Name + " is right, at all numbers that were tried"}}
	}
	f := Finding{Name: c.Name}
	for _, x := range points {
		if !same(c.Right, x) {
			f.Text = fmt.Sprintf("%s is %.10g, and should be %.10g", c.Call(x), c.Run(answer, x), c.Run(c.Right, x))
			break
		}
	}
	for _, s := range c.Slips {
		if !all(s.Answer) {
			continue
		}
		if f.Factor == "" {
			f.Factor = s.Factor
			f.Text += fmt.Sprintf("\n  first wrong: %s; what would explain it:", s.Factor)
		}
		slip := s.Factor + ": " + s.What
		f.Slips, f.Text = append(f.Slips, slip), f.Text+"\n    "+slip
	}
	if f.Slips == nil {
		f.Text += "\n  no usual slip explains it" + c.constant(answer, points)
	}
	return Findings{f}
}

// constant returns a clause if the answer is the same at all points.
func (c Comparison[A]) constant(answer A, points [][]float64) string {
	first := c.Run(answer, points[0])
	for _, x := range points {
		if !c.equal(first, c.Run(answer, x)) {
			return ""
		}
	}
	if first == 0 {
		return "; it is 0 at all numbers that were tried: is your file saved?"
	}
	return fmt.Sprintf("; it is %.10g at all numbers that were tried", first)
}

func (c Comparison[A]) equal(x, y float64) bool {
	tolerance := c.Tolerance
	if tolerance == 0 {
		tolerance = 1e-9
	}
	return x == y || math.Abs(x-y) <= tolerance*(1+math.Abs(y)) || x != x && y != y
}

// points returns the points of the text and 20 others, the same at each call.
func (c Comparison[A]) points() [][]float64 {
	points, random := c.Points, rand.New(rand.NewPCG(1, 2))
	for range 20 {
		x := make([]float64, len(c.Points[0]))
		for i := range x {
			x[i] = c.From + float64((c.To-c.From)*random.Float64())
		}
		points = append(points[:len(points):len(points)], x)
	}
	return points
}
