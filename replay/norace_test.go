//go:build !race

package replay_test

const race = false
