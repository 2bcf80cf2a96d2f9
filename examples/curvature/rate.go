package main

import (
	"context"
	"fmt"
	"math/rand/v2"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/curvature/internal/linear"
	"github.com/gradus-go/gradus/examples/internal/regression"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/significant"
)

const (
	tutorialRate = 0.001
	half         = 250   // steps, of the two times as many that decide whether a run diverges
	noise        = 1e-11 // the relative difference of two errors that may come from rounding
	drawn        = 150   // steps in the picture
)

// largestRate is section 2: the learning rate above which gradient descent diverges.
func (l *lesson) largestRate(ctx context.Context) error {
	l.Section("2. The learning rate above which gradient descent diverges")
	rng := rand.New(rand.NewPCG(l.seed, 0))
	points := regression.NewPoints(rng, 2)
	start := regression.Line{M: rng.Float64(), C: rng.Float64()}
	H := errorHessian(points, start)
	smaller, larger := linear.Eigenvalues(H)
	computed := 2 / larger
	l.Prose(`The tutorial "Coding Backpropagation" fits the line m·x + c to %d random points. Its error E is
		the sum of their squared errors, and its learning rate is %v. With seed %d the Hessian H of E is`,
		len(points.X), tutorialRate, l.seed)
	l.printHessian(H, "m", "c")
	seen, err := divergesAbove(ctx, points, start)
	if err != nil {
		return err
	}
	l.Printf("    2/λmax, from the Hessian                        %.14f\n", computed)
	l.Printf("    gradient descent is seen to diverge above       %.14f\n\n", seen)
	l.Prose(`The two numbers share %d digits. The second was found by bisection, from trials: a run diverges
		if E is larger after %d steps than after %d.`, significant.Shared(computed, seen), 2*half, half)
	l.Printf("\n")
	l.runs(points, start, smaller, larger)
	l.Printf("\n")
	l.Prose(`The reason: E is quadratic in v = (m, c), and its gradient is H·(v − v*), where v* is the best
		line. A step to v − rate·∇E therefore multiplies v − v* by the matrix I − rate·H, which is the number
		1 − rate·λ along each eigenvector of H. If rate is above 2/λ, this number is below −1: the step leads to
		the other side of the valley, and higher up. The steepest side, that of λmax, decides. The factor in the
		table is the larger one of |1 − rate·λmin| and |1 − rate·λmax|.`)
	l.Printf("\n")
	l.Prose(`The tutorial's E is a sum: H consists of 2Σx², 2Σx and 2n, so that more points make the limit
		smaller. If E were the mean, H would be H/n, and the limit 2n/λmax = %.6f.`,
		float64(len(points.X))*computed)
	return nil
}

// errorHessian returns the second derivatives of the tutorial's error. They are the same for all lines.
func errorHessian(p regression.Points, at regression.Line) [][]float64 {
	m, c := gradus.New(at.M).As("m"), gradus.New(at.C).As("c")
	var squares []*gradus.Value
	for i, x := range p.X {
		squares = append(squares, m.Mul(x).Add(c).Sub(p.Y[i]).Square())
	}
	var H [][]float64
	for _, row := range gradus.Hessian(gradus.Sum(squares...), m, c) {
		H = append(H, []float64{row[0].Data, row[1].Data})
	}
	return H
}

// divergesAbove returns the learning rate above which gradient descent diverges, found by bisection.
func divergesAbove(
	ctx context.Context, p regression.Points, start regression.Line,
) (rate float64, err error) {
	low, high := 0.0, 1.0
	for range 50 {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		rate = (low + high) / 2
		if diverges(p, start, rate) {
			high = rate
		} else {
			low = rate
		}
	}
	return rate, nil
}

// diverges reports whether the error grows in the second half of a run.
func diverges(p regression.Points, start regression.Line, rate float64) bool {
	errors := p.GradFit(start, rate, 2*half, regression.Exact).Errors
	return !finite.All(errors[2*half]) || errors[2*half] > errors[half]*(1+noise)
}

// runs prints and draws the error by steps, for rates below and above the limit.
func (l *lesson) runs(p regression.Points, start regression.Line, smaller, larger float64) {
	limit := 2 / larger
	own := "-rate"
	if l.rate == tutorialRate {
		own = "the tutorial's"
	}
	c := chart.Chart{
		Title:  fmt.Sprintf("Gradient descent diverges above the rate 2/λmax = %.5f", limit),
		X:      chart.Axis{Label: "step", Whole: true},
		Y:      chart.Axis{Label: "sum of squared errors, 100 points", Log: true},
		Levels: []chart.Level{{Name: "best line", Y: p.Error(p.LeastSquares())}},
	}
	l.Printf("%-17s%10s%9s%12s%10s%10s%11s\n", "rate", "", "factor", "E at step 0", "10", "100", "1000")
	for _, run := range []struct {
		name string
		rate float64
	}{
		{own, l.rate},
		{"2/(λmin + λmax)", 2 / (smaller + larger)},
		{"0.99·2/λmax", 0.99 * limit},
		{"1.01·2/λmax", 1.01 * limit},
	} {
		errors := p.GradFit(start, run.rate, 1000, regression.Exact).Errors
		factor := max(1-run.rate*smaller, run.rate*larger-1)
		l.Printf("%-17s%10.4g%9.4g%12.4g%10.4g%10.4g%11.4g\n", run.name, run.rate, factor,
			errors[0], errors[10], errors[100], errors[1000])
		s := chart.Series{Name: fmt.Sprintf("%s, %.4g", run.name, run.rate)}
		for i, e := range errors[:drawn+1] {
			if e > 1e9 || !finite.All(e) {
				break
			}
			s.Add(float64(i), e)
		}
		c.Series = append(c.Series, s)
	}
	l.album.Add("2-rates.png", c)
}
