// Package params checks the parameters of a network before they are trained or measured.
package params
