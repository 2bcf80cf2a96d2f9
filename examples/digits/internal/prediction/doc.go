// Package prediction reads a picture of a digit, and reports what a network takes it for.
package prediction
