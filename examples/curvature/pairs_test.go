package main

import "testing"

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	if testing.Short() {
		t.Skip("these are runs of the whole program")
	}
	t.Chdir(t.TempDir())
	curvature(t.Context()).Pairs(t, "-sections 1,3 -steps 3 -out p",
		"-sections 2", "-sections 3", "-seed 1", "-rate 0.0047", "-rate 1000", "-steps 0", "-steps 40", "-out q",
		"-show graph.html", "-show graph.txt", "-show none/graph.svg")
}
