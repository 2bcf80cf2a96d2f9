package main

import "github.com/gradus-go/gradus"

// A network is the tutorial's network. Its results are the nodes of a graph of operations.
type network struct {
	x, t           *gradus.Value // input and target
	W1, b1, W2, b2 *gradus.Value // parameters
	z, a, y, L     *gradus.Value // the results of the last forward pass
}

func newNetwork(s setup) *network {
	return &network{
		x: gradus.New(s.x).As("x"), t: gradus.New(s.t).As("t"),
		W1: gradus.New(s.W1).As("W1"), b1: gradus.New(s.b1).As("b1"),
		W2: gradus.New(s.W2).As("W2"), b2: gradus.New(s.b2).As("b2"),
	}
}

// forward computes the loss, and records the graph of operations that backward goes back through.
func (n *network) forward() {
	n.z = n.W1.Mul(n.x).Add(n.b1).As("z")
	n.a = n.z.Sigmoid().As("a")
	n.y = n.W2.Mul(n.a).Add(n.b2).As("y")
	n.L = gradus.Const(0.5).Mul(n.y.Sub(n.t).Square()).As("L")
}
