package main

import (
	"context"
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/chart"
	"github.com/gradus-go/gradus/examples/curvature/internal/linear"
	"github.com/gradus-go/gradus/examples/curvature/internal/path"
	"github.com/gradus-go/gradus/examples/internal/outputs"
)

// newton is section 1: Newton's method and gradient descent look for the same minimum.
func (l *lesson) newton(ctx context.Context) error {
	l.Section("1. Newton's method beside gradient descent")
	d, err := recordDerivatives()
	if err != nil {
		return err
	}
	minimum, err := d.minimum()
	if err != nil {
		return err
	}
	H := d.hessian
	smaller, larger := linear.Eigenvalues(H)
	l.Prose(`%d students studied for some hours, and p = σ(w·hours + b) is the probability that one of them
		passes the exam. The error E is the sum of their cross-entropies. Its minimum is at w = %.8f,
		b = %.8f. The Hessian H, the matrix of the second derivatives of E, is there`,
		len(students), minimum[0], minimum[1])
	l.printHessian(H, "w", "b")

	rate := 2 / (smaller + larger)
	byNewton, err := d.descend(ctx, minimum, d.newtonStep)
	if err != nil {
		return err
	}
	byGradient, err := d.descend(ctx, minimum, func() ([]float64, error) {
		return []float64{-rate * d.gradient[0], -rate * d.gradient[1]}, nil
	})
	if err != nil {
		return err
	}
	l.compare(byNewton, byGradient)
	l.Printf("\n")
	l.Prose(`Both begin at w = b = 0 and end when they are within %.0e of the minimum. A step of Newton's
		method is −H⁻¹·∇E: it goes to the minimum of the parabola that E looks like. Near the minimum each error
		is about the square of the last one times a constant, so that the number of right digits doubles. A
		step of gradient descent is −%.6f·∇E. This rate, 2/(λmin + λmax), is the best fixed one near the
		minimum. With it each error is in the end (λmax − λmin)/(λmax + λmin) = %.3f times the last one: each
		step adds the same fraction of a digit.`, arrived, rate, (larger-smaller)/(larger+smaller))
	return nil
}

// printHessian prints the Hessian of E with respect to x and y, and its eigenvalues.
func (l *lesson) printHessian(H [][]float64, x, y string) {
	smaller, larger := linear.Eigenvalues(H)
	const row = "    ∂²E/∂%s∂%s  ∂²E/∂%s∂%s  = %11.5f %11.5f     λ%s = %.5f\n"
	l.Printf("\n"+row, x, x, x, y, H[0][0], H[0][1], "max", larger)
	l.Printf(row+"\n", y, x, y, y, H[1][0], H[1][1], "min", smaller)
}

// compare prints and draws the errors of both methods, step by step.
func (l *lesson) compare(byNewton, byGradient path.Path) {
	l.Printf("%6s  %-32s%s\n", "", "    Newton's method", "    gradient descent")
	const row = "%6v%13s%18s%16s%18s\n"
	l.Printf(row, "step", "error", "÷ (the last)²", "error", "÷ the last")
	last := len(byGradient) - 1
	for i := range byGradient {
		if i < len(byNewton) || i == 10 || i == 30 || i == 100 || i == 300 || i == 1000 || i == last {
			l.Printf(row, i, byNewton.Error(i), byNewton.Ratio(i, 2), byGradient.Error(i), byGradient.Ratio(i, 1))
		}
	}
	l.album.Add("1-newton.png", chart.Chart{
		Title: fmt.Sprintf("Newton's method needs %d steps, gradient descent %d", len(byNewton)-1, last),
		X:     chart.Axis{Label: "step + 1, logarithmic", Log: true},
		Y:     chart.Axis{Label: "distance from the minimum", Log: true},
		Series: []chart.Series{
			byGradient.Series("gradient descent with the best fixed rate", chart.Line),
			byNewton.Series("Newton's method", chart.LinePoints),
		},
	})
}

// showCurvature writes the graph of ∂²E/∂w² into a file, if the flag -show names one. It is that of a
// single student, which fits a page.
func (l *lesson) showCurvature() error {
	w, b := gradus.New(1.5).As("w"), gradus.New(-4).As("b")
	E := crossEntropy(w, b, students[:1])
	dE := gradus.Gradient(E, w)[0]
	ddE := gradus.Gradient(dE, w)[0].As("E″")
	ddE.Backward()
	return outputs.SaveGraph(l.Report, l.show, ddE)
}
