package ticks

import (
	"math"
	"slices"
	"strings"
	"testing"
)

func TestDecades(t *testing.T) {
	for _, test := range []struct {
		name   string
		lo, hi float64 // logarithms
		labels string
		ticks  int
	}{
		{"three decades", -1, 2, "0.1 1 10 100", 1 + 3*9},
		{"small", -6.1, -3.9, "1e-6 1e-5 1e-4", 2 + 2*9 + 1},
		{"large", 4, 6, "10000 1e5 1e6", 1 + 2*9},
		{"seventeen", -16.3, -0.7, "1e-16 1e-14 1e-12 1e-10 1e-8 1e-6 1e-4 1e-2", 8},
		{"through one", -9.2, 9.2, "1e-9 1e-6 1e-3 1 1e3 1e6 1e9", 7},
		{"two", -0.2, 1.1, "1 10", 4 + 9},
		{"within one", 0.1, 0.9, "2 3 4 5 6 7", 33},
		{"around one", math.Log10(0.45), math.Log10(2.05), "0.5 1 1.5 2", 16},
		{"very close", math.Log10(2.37), math.Log10(2.44), "2.37 2.38 2.39 2.4 2.41 2.42 2.43 2.44", 36},
		{"at the end of all numbers", 308, 308.4, "1e308 1.2e308 1.4e308 1.6e308", 16},
	} {
		var labels []string
		ticks := Decades(test.lo, test.hi)
		for _, tick := range ticks {
			if tick.Value < test.lo || tick.Value > test.hi {
				t.Errorf("%s: tick at %v is not from %v to %v", test.name, tick.Value, test.lo, test.hi)
			}
			if tick.Label != "" {
				labels = append(labels, tick.Label)
			}
		}
		if got := strings.Join(labels, " "); got != test.labels || len(ticks) != test.ticks {
			t.Errorf("%s: %d ticks, labels %q; want %d, %q",
				test.name, len(ticks), got, test.ticks, test.labels)
		}
	}
}

// Labels have enough digits to tell them apart, and no zeros at the end.
func TestRound(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		want   string
	}{
		{0, 5000, "0 1000 2000 3000 4000 5000"},
		{0, 35, "0 5 10 15 20 25 30 35"}, // as many as there can be
		{3, 72, "10 20 30 40 50 60 70"},
		{95, 100, "95 96 97 98 99 100"},
		{2.37, 2.44, "2.38 2.4 2.42 2.44"},
		{-1.1, 1.1, "-1 -0.5 0 0.5 1"},
		{0, 3e-7, "0 5e-8 1e-7 1.5e-7 2e-7 2.5e-7 3e-7"},
		{1e6, 1e6 + 3, "1000000 1000000.5 1000001 1000001.5 1000002 1000002.5 1000003"},
		{0.12345671, 0.12345679, "0.12345672 0.12345674 0.12345676 0.12345678"},
		{0.1, 0.7, "0.1 0.2 0.3 0.4 0.5 0.6 0.7"}, // and 35·0.02 is more than 0.7
		{2, 2, "2"},
		{2, math.Nextafter(2, 3), "2"},
		{0, 5e-324, "0"},
		{0, 5e-323, "0"},
		{-math.MaxFloat64, math.MaxFloat64, "-1e308 0 1e308"},
	} {
		var labels []string
		for _, tick := range Round(test.lo, test.hi) {
			if tick.Value < test.lo || tick.Value > test.hi {
				t.Errorf("tick at %v is not from %v to %v", tick.Value, test.lo, test.hi)
			}
			if tick.Label != "" {
				labels = append(labels, tick.Label)
			}
		}
		if got := strings.Join(labels, " "); got != test.want {
			t.Errorf("from %v to %v: %s, want %s", test.lo, test.hi, got, test.want)
		}
	}
}

// Counts have no ticks at parts.
func TestCounts(t *testing.T) {
	for _, test := range []struct{ hi, labels, ticks float64 }{{1, 2, 2}, {3, 4, 4}, {204, 5, 21}} {
		labels := 0.0
		all := Counts(0, test.hi)
		for _, tick := range all {
			if tick.Label != "" {
				labels++
			}
		}
		if labels != test.labels || float64(len(all)) != test.ticks {
			t.Errorf("up to %v: %v labels at %v", test.hi, labels, all)
		}
	}
}

func TestBetween(t *testing.T) {
	for _, test := range []struct {
		lo, hi float64
		want   []float64
	}{
		{-3.2, 3.1, []float64{-3, -2, -1, 0, 1, 2, 3}},
		{0, 4, []float64{0.5, 1, 1.5, 2, 2.5, 3, 3.5}},
		{5, 5, []float64{5}},
		{0, 0, []float64{0}},
		{-1e308, 1e308, []float64{-5e307, 0, 5e307}},
	} {
		if got := Between(test.lo, test.hi, 8); !slices.Equal(got, test.want) {
			t.Errorf("from %v to %v: %v, want %v", test.lo, test.hi, got, test.want)
		}
	}
}
