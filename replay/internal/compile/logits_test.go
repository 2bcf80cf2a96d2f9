package compile_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/replay/internal/graphs"
)

// The logits of a position are the products of its query and all keys. They lie side by side, whatever the
// order of the factors is and whichever of them has more uses, so that nothing is copied for the softmax.
func TestLogits(t *testing.T) {
	want := strings.TrimSpace(`
t[0:10] = tanh(x[2:12])
t[10:13] = t[0:10]·t[6:8]
t[13:15] = t[0:6]·t[2:4]
t[15:20] = c[0] · t[10:15]
t[20:22] = softmax(t[18:20])
t[22:25] = softmax(t[15:18])
t[25] = x[0:2]·t[20:22]
t[26] = x[0:3]·t[22:25] + t[25]
return t[26]`)
	for _, keyFirst := range []bool{false, true} {
		x := graphs.Values(12)
		var h, weighted []*gradus.Value
		for _, v := range x {
			h = append(h, v.Tanh())
		}
		for position := range 3 {
			var logits []*gradus.Value
			for i := range position + 1 {
				q, k := h[4*position:][:2], h[4*i+2:][:2]
				if keyFirst && (position+i)%2 == 0 {
					q, k = k, q
				}
				logits = append(logits, gradus.Const(0.5).Mul(gradus.Dot(q, k)))
			}
			if position > 0 {
				weighted = append(weighted, gradus.Dot(gradus.Softmax(logits...), x[:position+1]))
			}
		}
		got := linesOf(t, replay.Recorder{Inputs: x, Params: nil}, gradus.Sum(weighted...))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("key first %t (-want +got):\n%s", keyFirst, diff)
		}
	}
}
