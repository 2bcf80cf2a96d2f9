package main

// backward leaves dL_dv in the Grad of every node v. The tutorial writes the chain rule out
// for one parameter after another; here each operation of forward brings its own factor.
func (n *network) backward() {
	n.L.ZeroGrad() // Backward adds to the gradients of leaves, and these have seen a step
	n.L.Backward()
}
