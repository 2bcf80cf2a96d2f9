package compile

import "testing"

// Parts of sums may have the same hash and still differ: x·y and x·z, or within them.
func TestEqualHashes(t *testing.T) {
	const x, y, z = 0, 1, 2
	for _, tt := range []struct {
		name string
		args [4][]int32 // of two products and of two functions of them
		want bool
	}{
		{"the same", [4][]int32{{x, y}, {x, y}, {3}, {4}}, true},
		{"another factor", [4][]int32{{x, y}, {x, z}, {3}, {4}}, false},
		{"another product", [4][]int32{{x, y}, {x, z}, {3, 3}, {3, 4}}, false},
		{"another number of them", [4][]int32{{x, y}, {x, y}, {3}, {4, 4}}, false},
	} {
		g := &Graph{Ops: []int32{0, 0, 0, mul, mul, sumOf, sumOf}, First: make([]int32, 4), Inputs: 3}
		for _, args := range tt.args {
			g.Args = append(g.Args, args...)
			g.First = append(g.First, int32(len(g.Args)))
		}
		w := &rewrite{Graph: g, role: []role{input, input, input, computed, computed, computed, computed}}
		c := commons{rewrite: w, first: []int32{x, y, z, aPart | 7, aPart | 7, 5, 6}}
		if got := c.isEqual(5, 6); got != tt.want {
			t.Errorf("%s: got %t, want %t", tt.name, got, tt.want)
		}
	}
}

// A part does not join a sum that has its hash alone.
func TestJoinParts(t *testing.T) {
	const x, y, z = 0, 1, 2
	for _, tt := range []struct {
		of   []int32 // the factors in the sum that is no part
		want bool
	}{{[]int32{x, y}, true}, {[]int32{x, z}, false}} {
		g := &Graph{Ops: []int32{0, 0, 0, mul, sumOf, mul, sumOf}, Inputs: 3}
		g.First = []int32{0, 0, 0, 0, 2, 3, 5, 6}
		g.Args = []int32{x, y, 3, tt.of[0], tt.of[1], 5}
		w := &rewrite{Graph: g, role: []role{input, input, input, computed, computed, computed, computed}}
		c := commons{rewrite: w}
		c.first = []int32{x, y, z, aPart | 7, 0, aPart | 7, 6} // the products have one hash
		c.first[4] = partOf(c.hash(6))
		if got := c.joinParts(); got != tt.want {
			t.Errorf("a sum of x·y joins one of the factors %v: %t, want %t", tt.of, got, tt.want)
		}
	}
}
