package rows

import (
	"fmt"
	"testing"
)

func TestCheckSamples(t *testing.T) {
	type m = [][]float64
	const same = ", want the same number of both, at least 1"
	for _, tt := range []struct {
		name string
		x, t m
		want string
	}{
		{"all is well", m{{1, 2}, {3, 4}}, m{{5}, {6}}, "<nil>"},
		{"no targets in a row", m{{1, 2}}, m{nil}, "<nil>"},
		{"nothing", nil, nil, "got 0 rows of inputs and 0 rows of targets" + same},
		{"a row too few", m{{1, 2}}, m{{5}, {6}}, "got 1 rows of inputs and 2 rows of targets" + same},
		{"a short row", m{{1, 2}, {3}}, m{{5}, {6}}, "X[1] has 1 input, want 2"},
		{"all rows too long", m{{1, 2, 3}}, m{{5}}, "X[0] has 3 inputs, want 2"},
		{"a target too many", m{{1, 2}, {3, 4}}, m{{5}, {6, 7}}, "T[1] has 2 targets, want 1"},
	} {
		if err := CheckSamples("X", "T", tt.x, tt.t, 2); fmt.Sprint(err) != tt.want {
			t.Errorf("%s: error %v, want %s", tt.name, err, tt.want)
		}
	}
}
