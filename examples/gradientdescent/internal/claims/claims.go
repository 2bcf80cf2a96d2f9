// Package claims has what the tutorial "Practice Implementing Gradient Descent" claims, and knows which
// of it a program has not tested.
package claims

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus/examples/internal/report"
	"github.com/gradus-go/gradus/internal/picture"
)

// The claims.
const (
	SameShapes     = "the first gradient is the same size as the last layer's weights, and so on"
	MatchesExactly = "after 1000 iterations the output matches the targets exactly"
	DoesNotWork    = "after 10,000 iterations it doesn't work at all"
	GradientsZero  = "the gradients are 0"
	LearnsNow      = "the network learns now"
	Absorbed       = "the lost constant is absorbed into the learning rate"
	WorksBest      = "0.01 works best"
	WhyInputs      = "this is why inputs must be between 0 and 1"
	BetterSolution = "the leaky ReLU is a better solution"
	Solved         = "with σ(0.01·z) we have solved our problem"
)

// sections has the claims that each section tests.
var sections = [][]string{
	{SameShapes},
	{MatchesExactly},
	{DoesNotWork, GradientsZero},
	{LearnsNow, Absorbed, WorksBest, WhyInputs},
	{BetterSolution},
	{Solved},
}

// A Report is a report that keeps which claims were tested.
type Report struct {
	*report.Report
	tested []string
}

// Claim prints a claim as [report.Report.Claim] does. It must be one of those of this package.
func (r *Report) Claim(text string, holds bool, format string, measured ...any) {
	r.tested = append(r.tested, text)
	r.Report.Claim(text, holds, format, measured...)
}

// Finish does what [report.Report.Finish] does. Then it prints the claims that were not tested, if there
// are any, and the section that tests each.
func (r *Report) Finish(pictures picture.Album, folder string) error {
	err := r.Report.Finish(pictures, folder, "")
	first := true
	for i, texts := range sections {
		for _, text := range texts {
			if slices.Contains(r.tested, text) {
				continue
			}
			if first {
				r.Section("Claims that were not tested")
				first = false
			}
			r.Item(fmt.Sprintf("section %d  ", i+1), "%s", text)
		}
	}
	return err
}
