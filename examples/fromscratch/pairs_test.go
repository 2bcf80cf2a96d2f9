package main

import "testing"

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	timed(stopped).Pairs(t, "-out p", "-seed 3", "-errors", "-out q", "-show graph.html", "-show none/graph.svg")
}
