package replay

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// Of a matrix that one product reads, Backward writes the gradients and clears nothing, and
// Descend updates it at once. What is read twice is cleared and kept.
func TestSetters(t *testing.T) {
	w := gradus.Values([]float64{1, 2, 3, 4, 5, 6})
	x := gradus.Values([]float64{1, 1})
	once := gradus.Dot(w[:2], x).Add(gradus.Dot(w[2:4], x)).Exp()
	a, b := gradus.Dot(w[:2], x).Exp(), gradus.Dot(w[2:4], x).Exp()
	for _, tt := range []struct {
		name        string
		out         *gradus.Value
		stale, kept []machine.Span
	}{
		{"every weight once", gradus.Dot(w[:2], x).Exp(), nil, nil},
		{"one product of four", once, nil, nil},
		{"two rows", a.Mul(b), nil, nil},
		{"a row and a penalty on it", a.Add(gradus.Dot(w[:2], w[:2])), []machine.Span{{Start: 0, End: 2}}, []machine.Span{{Start: 0, End: 2}}},
		{
			"a row in two products", a.Mul(gradus.Dot(w[:2], []*gradus.Value{a, b})),
			[]machine.Span{{Start: 2, End: 4}},
			[]machine.Span{{Start: 0, End: 4}},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, err := Recorder{Inputs: x, Params: w}.Record(tt.out)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.stale, p.code.Stale); diff != "" {
				t.Errorf("to clear (-want +got):\n%s\n%v", diff, p)
			}
			if diff := cmp.Diff(tt.kept, p.code.Kept); diff != "" {
				t.Errorf("to keep (-want +got):\n%s\n%v", diff, p)
			}
		})
	}
}
