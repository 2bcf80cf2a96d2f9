package kernel

// Fetch asks the processor to bring x into its cache, and does not wait until it is there. Where it cannot,
// it does nothing. Memory that lies in no order, such as rows that are read in a random one, then comes
// while something else is done.
func Fetch(x []float64) {
	if len(x) > 0 {
		fetch(x)
	}
}
