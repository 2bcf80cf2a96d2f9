package main

import "testing"

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	draw(t, "digit.png", []float64{1, 0, 1, 0}, 2, true)
	digits(t.Context()).Output(t, quick+"-out p -save net.json")
	digits(t.Context()).Pairs(t, quick+"-out p",
		"-train 30", "-split 2", "-hidden 4,3", "-hidden=", "-activation tanh", "-epochs 0", "-epochs 2",
		"-batch 7", "-batch 1000", "-rate 0.1", "-beta1 0", "-decay 0", "-seed 4", "-folds 2", "-load net.json",
		"-save net.json", "-save none/net.json", "-predict digit.png", "-predict none.png", "-export steps.json",
		"-export net.json", "-out q", "-data none")
}
