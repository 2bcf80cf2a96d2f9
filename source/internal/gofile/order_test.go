package gofile

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
)

// A gradient adds up its terms in the order in which the graph was built, from its end, though loops compute
// what they come from: loops that would change the order of three terms are not written.
func TestOrderOfTerms(t *testing.T) {
	const n = 12
	var all []*sample
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, 11))
		functions := []func(*gradus.Value) *gradus.Value{
			(*gradus.Value).Sin, (*gradus.Value).Cos, (*gradus.Value).Tanh, (*gradus.Value).Atan,
		}
		for _, isMixed := range []bool{false, true} { // of every second parameter the other way round
			w := leaves(r, 2*n, 1)
			s := &sample{name: fmt.Sprint("several functions, mixed: ", isMixed), params: w}
			s.out = gradus.Const(0)
			for i, v := range w[:n] {
				s.out = s.out.Add(w[n+i].Tan().Mul(gradus.Const(r.NormFloat64()))) // this order is not in doubt
				for k := range functions {
					if isMixed && i%2 == 0 {
						k = len(functions) - 1 - k
					}
					s.out = s.out.Add(functions[k](v).Mul(gradus.Const(r.NormFloat64())))
				}
			}
			s.out.As("L")
			if text := written(t, "F", s); strings.Contains(text, "= math.Sin(w[i])") == isMixed ||
				!strings.Contains(text, "= math.Tan(w[i+12])") {
				t.Errorf("%s: want a loop of the tangents, and of the sines: %t\n%s", s.name, !isMixed, text)
			}
			all = append(all, s)
		}
		for _, isRecurrent := range []bool{false, true} { // a factor is used in the next one, too
			w := leaves(r, 2*n+1, 1)
			s := &sample{name: fmt.Sprint("a sum of products, recurrent: ", isRecurrent), params: w}
			s.out = gradus.Const(0)
			for i := range n {
				u := w[n+i]
				if isRecurrent {
					u = w[i]
				}
				s.out = s.out.Add(w[i+1].Mul(u.Sin().Add(u.Cos())))
			}
			s.out.As("L")
			if text := written(t, "F", s); strings.Contains(text, " += float64(w[i+1]") == isRecurrent {
				t.Errorf("%s: it has a sum in a loop: %t\n%s", s.name, isRecurrent, text)
			}
			all = append(all, s)
		}
		for _, isBackward := range []bool{false, true} { // one parameter in each lane
			w := leaves(r, n+1, 1)
			s := &sample{name: fmt.Sprint("one for all lanes, backward: ", isBackward), params: w}
			s.out = gradus.Const(0)
			for i := range n {
				if isBackward {
					i = n - 1 - i
				}
				s.out = s.out.Add(w[i].Div(w[n]).Tanh())
			}
			s.out.As("L")
			all = append(all, s)
		}
	}
	mustAgree(t, all)
}

// A loop reads the numbers that a sum has: one that begins with a number beside the others, with one that is
// elsewhere in the same array, or behind them; and sums of products of parameters with each other, in rows of
// which the first is the vector of all.
func TestPlacesOfTerms(t *testing.T) {
	r := rand.New(rand.NewPCG(12, 13))
	const n = 8
	var all []*sample
	for _, first := range []int{0, 1, 5, 11} {
		w := leaves(r, 12, 1)
		z := w[first]
		for _, v := range w[2 : 2+n] {
			z = z.Add(v)
		}
		all = append(all, &sample{name: fmt.Sprint("a sum from ", first), params: w, out: z.Square().As("L")})
	}
	for _, rows := range []int{1, 2, 3} {
		for _, at := range []int{0, 3, 30} {
			w := leaves(r, 40, 1)
			var z []*gradus.Value
			for i := range rows {
				z = append(z, gradus.Dot(w[i*n:i*n+n], w[at:at+n]).Sin())
			}
			all = append(all, &sample{
				name: fmt.Sprint(rows, " rows by a vector from ", at), params: w, out: gradus.LogSumExp(z...).As("L"),
			})
		}
	}
	mustAgree(t, all)
}
