// Package platform writes the heading of a benchmark's report: what was run, and on which
// machine. It also has the form of the numbers in the table below.
package platform
