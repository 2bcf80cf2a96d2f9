package main

// backward sets the Grad of every node v to the derivative dL_dv. The tutorial writes out the chain
// rule for one parameter after another; here every operation in forward knows its own factor.
func (n *network) backward() {
	n.L.ZeroGrad() // Backward adds to the gradients of leaves, which may hold those of the step before
	n.L.Backward()
}
