//go:build race

package main

// slow reports whether the tests run with the race detector, which makes them ten times as slow.
const slow = true
