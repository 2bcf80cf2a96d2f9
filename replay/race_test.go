//go:build race

package replay_test

// race says that the race detector takes part, with which everything takes ten times as long.
const race = true
