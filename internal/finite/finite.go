package finite

// All reports whether every x is a finite number. Of none, all are.
func All(x ...float64) bool {
	for _, x := range x {
		if x-x != 0 { // Inf − Inf and NaN − NaN are NaN
			return false
		}
	}
	return true
}
