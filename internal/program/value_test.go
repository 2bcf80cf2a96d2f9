package program

import (
	"flag"
	"strings"
	"testing"
)

func TestValues(t *testing.T) {
	x, n, seed, list := 0.25, 2, uint64(7), []int{1, 2, 3, 5}
	bounded, layers, word := 0.5, []int{30, 10}, "tanh"
	for _, test := range []struct {
		v         flag.Value
		initial   string
		good, bad string // arguments; "x=y" is a good one, x, which the flag then shows as y
		err       string // for a bad one
	}{
		{
			Finite(&x), "0.25", "1 -1e-3=-0.001 5e-1=0.5 .5=0.5",
			"one NaN Inf -Inf 1e309 0.01,0.1 0x 0x10 0X1p-2 1_000", "want a finite number such as 0.5",
		},
		{
			Whole(&n, -1, 10), "2", "-1 0 10 +3=3 010=10",
			"-2 11 1.5 1e1 ten 0x1 1_0 99999999999999999999", "want a whole number from -1 to 10",
		},
		{
			Seed(&seed), "7", "0 18446744073709551615 010=10",
			"-1 +1 18446744073709551616 1.5 one 0x2a 1_000", "want a whole number from 0 to 18446744073709551615",
		},
		{
			Ranges(&list, 1, 6), "1-3,5", "1 6 1,2,3=1-3 1-6 3-3=3 1,3-4 2-3,4-5=2-5",
			"0 7 0-2 5-7 2-1 1,1 1-3,3 3,1 1- -1 1,,2 1-2-3 one", "want whole numbers from 1 to 6, " +
				"ascending, as in 1,2-6",
		},
		{
			Between(&bounded, -0.5, 1e3), "0.5", "-0.5 -5e-1=-0.5 1000 1e3=1000 0",
			"-0.50001 1000.1 NaN Inf -Inf 1e309 one 1,2", "want a number from -0.5 to 1000",
		},
		{
			Wholes(&layers, 3, 1, 99), "30,10", "1 99 5,5,5 99,1 +3=3",
			"0 100 1,0 1,100,1 1,2,3,4 1, ,1 1,,2 1.5 one 1-3",
			"want at most 3 whole numbers from 1 to 99, with commas between them",
		},
		{
			OneOf(&word, "ReLU", "tanh"), "tanh", "ReLU relu=ReLU TANH=tanh",
			"sigmoid relu, ReLUtanh", "want one of ReLU, tanh",
		},
	} {
		if got := test.v.String(); got != test.initial {
			t.Errorf("%s: %s at first, want %s", test.err, got, test.initial)
		}
		for _, word := range strings.Fields(test.good) {
			text, reads, otherwise := strings.Cut(word, "=")
			if !otherwise {
				reads = text
			}
			if err := test.v.Set(text); err != nil || test.v.String() != reads {
				t.Errorf("%s: %v, error %v; want %s", text, test.v, err, reads)
			}
		}
		before := test.v.String()
		bad := strings.Fields(test.bad)
		if test.initial != "30,10" { // no layers are layers too
			bad = append(bad, "")
		}
		for _, text := range bad {
			err := test.v.Set(text)
			if err == nil || err.Error() != test.err || test.v.String() != before {
				t.Errorf("%q: %v, error %v; want %s, %s", text, test.v, err, before, test.err)
			}
		}
	}
}

func TestWholesEmpty(t *testing.T) {
	layers := []int{30, 10}
	v := Wholes(&layers, 3, 1, 99)
	if err := v.Set(""); err != nil || len(layers) != 0 || v.String() != "" {
		t.Errorf("%v, %q, %v, want no numbers", layers, v, err)
	}
}
