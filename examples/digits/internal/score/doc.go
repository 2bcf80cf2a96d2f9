// Package score evaluates a network with labelled images.
package score
