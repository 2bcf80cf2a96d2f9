package main

import "testing"

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	moons(t.Context()).Output(t, "-points 8 -epochs 1 -out p -save net.json")
	moons(t.Context()).Pairs(t, "-points 8 -epochs 1 -out p",
		"-seed 3", "-points 6", "-noise 0.3", "-epochs 0", "-epochs 2", "-rate 0.5", "-alpha 0", "-batch 3",
		"-batch 1000", "-eager", "-load net.json", "-save net.json", "-save new.json", "-out q",
		"-show net.json", "-show graph.html", "-show graph.svg", "-show graph.txt", "-show none/graph.svg")
}
