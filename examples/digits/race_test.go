//go:build race

package main

// slow reports whether the race detector makes everything ten times as slow.
const slow = true
