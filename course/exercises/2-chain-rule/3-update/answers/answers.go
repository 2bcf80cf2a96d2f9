package answers

import (
	update "github.com/gradus-go/gradus/course/exercises/2-chain-rule/3-update"
	"github.com/gradus-go/gradus/course/exercises/2-chain-rule/3-update/check"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{Shipped: update.Step, Solution: Step, Right: right, Wrong: wrong}
}

type parameters = [4]float64 // new ones: W1, b1, W2, b2

func answer(name, factor, slip string, updated func(s check.State) parameters) checking.Sample {
	return checking.Sample{Name: name, Answer: check.Written(updated), Factor: factor, Slip: slip}
}

var right = []checking.Sample{
	answer("all factors in each line", "", "", func(s check.State) parameters {
		return parameters{
			s.W1 - s.Eta*(s.Y-s.T)*s.W2*s.A*(1-s.A)*s.X,
			s.B1 - s.Eta*(s.Y-s.T)*s.W2*s.A*(1-s.A),
			s.W2 - s.Eta*(s.Y-s.T)*s.A,
			s.B2 - s.Eta*(s.Y-s.T),
		}
	}),
	answer("plus, towards the target", "", "", func(s check.State) parameters {
		toTarget := s.Eta * (s.T - s.Y)
		back := toTarget * s.W2 * (s.A - s.A*s.A)
		return parameters{s.W1 + back*s.X, s.B1 + back, s.W2 + toTarget*s.A, s.B2 + toTarget}
	}),
	answer("a(1 − a) from z", "", "", func(s check.State) parameters {
		dz := s.DY * s.W2 * sigmoid(s.Z) * sigmoid(-s.Z)
		return s.Step(dz*s.X, dz, s.DY*sigmoid(s.Z), s.DY)
	}),
}

var wrong = []checking.Sample{
	answer("uphill", "the step", "wrong sign", func(s check.State) parameters {
		dz := s.DZ()
		return parameters{s.W1 + s.Eta*dz*s.X, s.B1 + s.Eta*dz, s.W2 + s.Eta*s.DY*s.A, s.B2 + s.Eta*s.DY}
	}),
	answer("no learning rate", "the step", "η is missing", func(s check.State) parameters {
		return parameters{s.W1 - s.DZ()*s.X, s.B1 - s.DZ(), s.W2 - s.DY*s.A, s.B2 - s.DY}
	}),
	answer("the change alone", "the step", "the old parameter", func(s check.State) parameters {
		return parameters{-s.Eta * s.DZ() * s.X, -s.Eta * s.DZ(), -s.Eta * s.DY * s.A, -s.Eta * s.DY}
	}),
	answer("the change, uphill", "the step", "the old parameter", func(s check.State) parameters {
		return parameters{s.Eta * s.DZ() * s.X, s.Eta * s.DZ(), s.Eta * s.DY * s.A, s.Eta * s.DY}
	}),
	answer("the biases stay", "the step", "not changed", func(s check.State) parameters {
		return parameters{s.W1 - s.Eta*s.DZ()*s.X, s.B1, s.W2 - s.Eta*s.DY*s.A, s.B2}
	}),
	answer("the bias as the weight", "dL/db2", "the factor a", func(s check.State) parameters {
		return s.Step(s.DZ()*s.X, s.DZ(), s.DY*s.A, s.DY*s.A)
	}),
	answer("without a", "dL/dW2", "the factor a is missing", func(s check.State) parameters {
		return s.Step(s.DZ()*s.X, s.DZ(), s.DY, s.DY)
	}),
	answer("z for a", "dL/dW2", "z where a", func(s check.State) parameters {
		return s.Step(s.DZ()*s.X, s.DZ(), s.DY*s.Z, s.DY)
	}),
	answer("without W2", "dL/dz", "the factor W2 is missing", func(s check.State) parameters {
		dz := s.DY * s.A * (1 - s.A)
		return s.Step(dz*s.X, dz, s.DY*s.A, s.DY)
	}),
	answer("without σ′", "dL/dz", "σ′ is missing", func(s check.State) parameters {
		dz := s.DY * s.W2
		return s.Step(dz*s.X, dz, s.DY*s.A, s.DY)
	}),
	answer("the sigmoid twice", "dL/dz", "σ′(a) where", func(s check.State) parameters {
		dz := s.DY * s.W2 * sigmoid(s.A) * (1 - sigmoid(s.A))
		return s.Step(dz*s.X, dz, s.DY*s.A, s.DY)
	}),
	answer("0.01", "the step", "0.01 where η", func(s check.State) parameters {
		dz := s.DZ()
		return parameters{s.W1 - 0.01*dz*s.X, s.B1 - 0.01*dz, s.W2 - 0.01*s.DY*s.A, s.B2 - 0.01*s.DY}
	}),
	answer("the new W2", "dL/dz", "the new W2", func(s check.State) parameters {
		w2 := s.W2 - s.Eta*s.DY*s.A
		dz := s.DY * w2 * s.A * (1 - s.A)
		return s.Step(dz*s.X, dz, s.DY*s.A, s.DY)
	}),
	answer("without x", "dL/dW1", "the factor x is missing", func(s check.State) parameters {
		return s.Step(s.DZ(), s.DZ(), s.DY*s.A, s.DY)
	}),
}
