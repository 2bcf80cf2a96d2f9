//go:build race

package main

// withRace reports whether the tests run with the race detector, which makes them ten times as slow.
const withRace = true
