package recipe

import "github.com/gradus-go/gradus/nn/optim"

// The numbers of the original.
const (
	Seed        = 42
	Steps       = 1000
	Batch       = 1
	Samples     = 20
	Temperature = 0.5
	Rate        = 0.01 // of the first step, with Adam
	Deviation   = 0.08 // the standard deviation of the parameters to begin with
)

// Window is over how many of the last losses a mean is taken.
const Window = 100

// Falling returns a learning rate that falls from peak to 0 in so many steps.
func Falling(peak float64, steps int) optim.Rate { return optim.Linear(peak, 0, max(1, steps)) }

// Adam returns the optimiser.
func Adam(rate optim.Rate) *optim.Adam {
	adam := optim.NewAdam(rate)
	adam.Beta1, adam.Beta2 = 0.85, 0.99
	return adam
}
