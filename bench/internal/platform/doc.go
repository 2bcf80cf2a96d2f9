// Package platform writes the heading of a benchmark's report: what was run, and on which
// machine.
package platform
