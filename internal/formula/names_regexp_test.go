package formula

import (
	"math/rand/v2"
	"regexp"
	"testing"
)

// Regular expressions say in a line what a name is. They are here and not in the package, since they would be
// a tenth of a WebAssembly.
func TestNamesAreThoseOfRegularExpressions(t *testing.T) {
	plainWord := regexp.MustCompile(`^[A-Za-z]+$`)
	letterDigits := regexp.MustCompile(`^(\pL)_?(\d+)$`)
	network := regexp.MustCompile(`^(?:layer([1-9]\d*)\.)?neuron([1-9]\d*|#)\.(?:(w)([1-9]\d*|#)|([bza]))$`)
	withIndex := regexp.MustCompile(`^(\pL+)([′″]*)(?:⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾)?` +
		`(?:_?([0-9]+(?:_[0-9]+)*)|([₀₁₂₃₄₅₆₇₈₉]+))?([′″]*)$|^(\pL)_(\pL+)$`)
	pieces := []string{
		"h1_2", "_1", "__", "′", "″", "⁽", "⁾", "⁽³⁾", "¹", "₁₂", "₃", "in",
		"layer", "layer3", "layer3.", "neuron", "neuron1", "neuron12.", ".", "w", "w1", "w#", "#", "b", "a", "0",
		"10", "_", "ω", "W", "²", "٣", "\xff", "", "neuron1.",
	}
	rng := rand.New(rand.NewPCG(1, 1))
	words, lettered, ofNeurons, symbols := 0, 0, 0, 0
	for range 60_000 {
		var name string
		for range 1 + rng.IntN(4) {
			name += pieces[rng.IntN(len(pieces))]
		}
		if got, want := isPlainWord(name), plainWord.MatchString(name); got != want {
			t.Fatalf("%q is a plain word: %v, want %v", name, got, want)
		} else if want {
			words++
		}
		letter, digits, ok := letterAndDigits(name)
		m := letterDigits.FindStringSubmatch(name)
		if ok != (m != nil) || ok && (letter != m[1] || digits != m[2]) {
			t.Fatalf("%q is %q, %q, %v, want %q", name, letter, digits, ok, m)
		} else if ok {
			lettered++
		}
		layer, neuron, letter, weight, ok := partsOfNetwork(name)
		m = network.FindStringSubmatch(name)
		if ok != (m != nil) || ok && (layer != m[1] || neuron != m[2] || letter != m[3]+m[5] || weight != m[4]) {
			t.Fatalf("%q is %q, %q, %q, %q, %v, want %q", name, layer, neuron, letter, weight, ok, m)
		} else if ok {
			ofNeurons++
		}
		symbol, ok := indexed(name)
		m = withIndex.FindStringSubmatch(name)
		if ok != (m != nil) || ok && symbol != (indexedName{m[1] + m[7], m[2] + m[6], m[3], m[4] + m[5], m[8]}) {
			t.Fatalf("%q is %+v, %v, want %q", name, symbol, ok, m)
		} else if ok {
			symbols++
		}
	}
	if min(words, lettered, ofNeurons, symbols) < 50 {
		t.Errorf("%d words, %d letters with digits, %d names of networks, %d symbols, want 50 of each",
			words, lettered, ofNeurons, symbols)
	}
}
