package main

import "math"

// derive computes the tutorial's numbers by hand, as on paper: each factor of the chain rule by
// itself, and then their products. It shares no code with autodiff.
//
// A product that is a term of a sum is rounded explicitly, with float64(…). Otherwise a compiler may
// fuse product and sum into one operation with one rounding, as it does on arm64, and the last
// digit would differ between machines.
func derive(s setup) []quantity {
	z := float64(s.W1*s.x) + s.b1
	a := 1 / (1 + math.Exp(-z))
	y := float64(s.W2*a) + s.b2
	L := 0.5 * ((y - s.t) * (y - s.t))

	dLdy := y - s.t

	dydW2 := a
	dLdW2 := dLdy * dydW2
	dLdb2 := dLdy

	dyda := s.W2
	dLda := dLdy * dyda

	dadz := a * (1 - a)
	dzdW1 := s.x
	dLdW1 := dLda * dadz * dzdW1
	dLdb1 := dLda * dadz

	return []quantity{
		{"z", z},
		{"a", a},
		{"y", y},
		{"L", L},
		{"dL_dy", dLdy},
		{"dL_dW2", dLdW2},
		{"dL_db2", dLdb2},
		{"dL_da", dLda},
		{"dL_dW1", dLdW1},
		{"dL_db1", dLdb1},
		{"W2", s.W2 - float64(s.eta*dLdW2)},
		{"b2", s.b2 - float64(s.eta*dLdb2)},
		{"W1", s.W1 - float64(s.eta*dLdW1)},
		{"b1", s.b1 - float64(s.eta*dLdb1)},
	}
}
