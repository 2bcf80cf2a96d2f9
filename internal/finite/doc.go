// Package finite tells numbers from NaN and ±Inf, and writes them all as Go.
package finite
