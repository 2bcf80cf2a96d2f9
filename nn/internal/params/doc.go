// Package params checks the parameters of a network, and whether a loss depends on them, before they are
// trained or measured.
package params
