// Package finite tells numbers from NaN and ±Inf.
package finite
