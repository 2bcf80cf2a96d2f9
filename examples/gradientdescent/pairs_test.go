package main

import "testing"

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	gradientdescent(t.Context()).Pairs(t, "-width 10 -iterations 20 -sections 1-2 -out p",
		"-sections 1,3-5", "-sections 6", "-seed 7", "-width 1", "-width 30", "-iterations 1", "-iterations 40",
		"-out q", "-show graph.html", "-show graph.txt", "-show none/graph.svg")
}
