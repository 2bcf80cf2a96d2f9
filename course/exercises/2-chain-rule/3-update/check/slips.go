package check

import (
	"math"

	"github.com/gradus-go/gradus/course/internal/checking"
)

func slip(factor, what string, updated func(s State) [4]float64) checking.Slip[Answer] {
	return checking.Slip[Answer]{Factor: factor, What: what, Answer: Written(updated)}
}

const wrongSign = "wrong sign: + where − belongs goes uphill, and so does t − y in dL/dy"

// slips are the usual ones. Most of them make a difference to some parameters only.
var slips = []checking.Slip[Answer]{
	slip("the step", "it is not changed", func(s State) [4]float64 {
		return [4]float64{s.W1, s.B1, s.W2, s.B2}
	}),
	slip("the step", wrongSign, func(s State) [4]float64 {
		s.Eta = -s.Eta
		return right(s)
	}),
	slip("the step", "η is missing", func(s State) [4]float64 {
		s.Eta = 1
		return right(s)
	}),
	slip("the step", "0.01 where η belongs: it may be another number", func(s State) [4]float64 {
		s.Eta = 0.01
		return right(s)
	}),
	slip("the step", "this is the change alone: the old parameter is missing", func(s State) [4]float64 {
		p := right(s)
		return [4]float64{p[0] - s.W1, p[1] - s.B1, p[2] - s.W2, p[3] - s.B2}
	}),
	slip("the step", "this is the change alone, uphill: the old parameter is missing", func(s State) [4]float64 {
		p := right(s)
		return [4]float64{s.W1 - p[0], s.B1 - p[1], s.W2 - p[2], s.B2 - p[3]}
	}),
	slip("dL/db2", "the factor a is that of the weight", func(s State) [4]float64 {
		return s.Step(s.DZ()*s.X, s.DZ(), s.DY*s.A, s.DY*s.A)
	}),
	slip("dL/dW2", "the factor a is missing", func(s State) [4]float64 {
		return s.Step(s.DZ()*s.X, s.DZ(), s.DY, s.DY)
	}),
	slip("dL/dW2", "z where a belongs", func(s State) [4]float64 {
		return s.Step(s.DZ()*s.X, s.DZ(), s.DY*s.Z, s.DY)
	}),
	slip("dL/dz", "the factor W2 is missing", func(s State) [4]float64 {
		return s.through(s.DY * s.A * (1 - s.A))
	}),
	slip("dL/dz", "σ′ is missing", func(s State) [4]float64 {
		return s.through(s.DY * s.W2)
	}),
	slip("dL/dz", "σ′(a) where σ′(z) belongs: a is σ(z) already", func(s State) [4]float64 {
		again := 1 / (1 + math.Exp(-s.A))
		return s.through(s.DY * s.W2 * again * (1 - again))
	}),
	slip("dL/dz", "z where a belongs, in the formula of σ′", func(s State) [4]float64 {
		return s.through(s.DY * s.W2 * s.Z * (1 - s.Z))
	}),
	slip("dL/dz", "the new W2 where the old one belongs", func(s State) [4]float64 {
		return s.through(s.DY * (s.W2 - s.Eta*s.DY*s.A) * s.A * (1 - s.A))
	}),
	slip("dL/db1", "the factor x is that of the weight", func(s State) [4]float64 {
		return s.Step(s.DZ()*s.X, s.DZ()*s.X, s.DY*s.A, s.DY)
	}),
	slip("dL/dW1", "the factor x is missing", func(s State) [4]float64 {
		return s.Step(s.DZ(), s.DZ(), s.DY*s.A, s.DY)
	}),
}
