package kernel

// Gather sets z[i] to x[at[i]]. It panics if there are more at than z, or if one is not a place in x.
func Gather(z, x []float64, at []int32) {
	z = z[:len(at)]
	for i, k := range at {
		z[i] = x[k]
	}
}

// AddAt is the reverse of Gather: it adds gz[i] to gx[at[i]], one after the other. It panics as Gather does.
func AddAt(gx, gz []float64, at []int32) {
	gz = gz[:len(at)]
	for i, k := range at {
		gx[k] += gz[i]
	}
}
