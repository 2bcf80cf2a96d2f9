package gofile

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
)

// Lanes that read other lanes than their own are not in one loop with what computes these, forward and
// backward. Each function has the text, by which a loop reads another lane.
func TestCrossingLanes(t *testing.T) {
	const n = 12
	r := rand.New(rand.NewPCG(5, 6))
	var all []*sample
	for _, tt := range []struct {
		name, text string
		out        func(s *sample, v []*gradus.Value) []*gradus.Value
	}{
		{"each lane reads the one opposite", "v1[11-i]", func(_ *sample, v []*gradus.Value) []*gradus.Value {
			return lanes(n, func(i int) *gradus.Value { return v[i].Mul(v[n-1-i]) })
		}},
		{"all lanes read the last", "v1[i] * v1[11]", func(_ *sample, v []*gradus.Value) []*gradus.Value {
			return lanes(n, func(i int) *gradus.Value { return v[i].Mul(v[n-1]) })
		}},
		{
			"sums of few products read the last three", "w[14+3*i] * v1[11]",
			func(s *sample, v []*gradus.Value) []*gradus.Value {
				w := leaves(r, 3*n, 1)
				s.params = append(s.params, w...)
				z := lanes(n, func(i int) *gradus.Value { return gradus.Dot(w[3*i:3*i+3], v[n-3:]) })
				return append(z, gradus.Sum(v...))
			},
		},
	} {
		w := leaves(r, n, 1)
		s := &sample{name: tt.name, params: w}
		v := lanes(n, func(i int) *gradus.Value { return w[i].Sin() })
		s.out = gradus.Const(0)
		for i, z := range tt.out(s, v) {
			s.out = s.out.Add(z.Mul(gradus.Const(1 + float64(i)/8)))
		}
		if text := written(t, "F", s); !strings.Contains(text, tt.text) {
			t.Errorf("%s: the function has no %s:\n%s", tt.name, tt.text, text)
		}
		all = append(all, s)
	}
	mustAgree(t, all)
}

func lanes(n int, f func(i int) *gradus.Value) (v []*gradus.Value) {
	for i := range n {
		v = append(v, f(i))
	}
	return v
}
