package main

import (
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
)

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	golden.Program(command).Pairs(t, "",
		"-x 2", "-x 0", "-t 1", "-W1 0", "-W1 -1e300", "-b1 50", "-W2 0", "-b2 -3", "-eta 0", "-eta -1", "-steps 7",
		"-show graph.html", "-show graph.dot", "-show graph.mmd", "-show graph.tex", "-show none/graph.svg")
}
