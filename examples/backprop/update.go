package main

import "github.com/gradus-go/gradus"

// update takes a step of gradient descent: v ← v − η·dL_dv for every parameter v.
func (n *network) update(eta float64) {
	for _, v := range []*gradus.Value{n.W2, n.b2, n.W1, n.b1} {
		v.Data -= float64(eta * v.Grad) // float64: see derive
	}
}
