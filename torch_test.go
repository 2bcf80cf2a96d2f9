package gradus_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/torchdata"
)

// torchFile is what testdata/torch.json holds.
type torchFile struct {
	Points map[string][]struct {
		X  []number
		Z  number
		DX []number // nil if PyTorch has no derivative
	}
	Softmax []struct {
		X, Z     []number
		Jacobian [][]number
	}
}

// A number is a float64, in JSON perhaps a string.
type number float64

func (x *number) UnmarshalJSON(text []byte) error {
	v, err := strconv.ParseFloat(strings.Trim(string(text), `"`), 64)
	*x = number(v)
	return err
}

func floats(x []number) []float64 {
	f := make([]float64, len(x))
	for i := range x {
		f[i] = float64(x[i])
	}
	return f
}

// A comparison is of an op's value, or its derivatives, with PyTorch's at a point.
type comparison struct {
	op, number string // number is "value" or "derivatives"
	x          []float64
	got, want  []float64
	agree      bool
}

// compareWithTorch compares all ops at all points.
func compareWithTorch(t *testing.T) (all []comparison) {
	t.Helper()
	file := torchdata.Read[torchFile](t, "seed")
	for _, op := range append(gradus.Ops(), gradus.LeakyReLU(0.25)) {
		for _, p := range file.Points[op.Name()] {
			x, z, dx := floats(p.X), float64(p.Z), floats(p.DX)
			got, e := evaluate(op, x), torchErrors(op.Name(), x, z)
			all = append(all, comparison{
				op.Name(), "value", x, xs{got.Value}, xs{z}, agree(got.Value, z, e.value),
			})
			if p.DX != nil {
				same := agreeAll(got.Partials, dx, e.partial)
				all = append(all, comparison{op.Name(), "derivatives", x, got.Partials, dx, same})
			}
		}
	}
	for _, p := range file.Softmax {
		all = append(all, compareSoftmax(floats(p.X), floats(p.Z), p.Jacobian)...)
	}
	return all
}

// compareSoftmax compares zᵢ, and zᵢ·(δᵢⱼ − zⱼ), which cancels: it is off in terms of zᵢ.
func compareSoftmax(x, z []float64, jacobian [][]number) []comparison {
	units := softmaxUnits(x)
	got, gotJacobian := softmax(x)
	value := comparison{"softmax", "value", x, got, z, true}
	value.agree = agreeAll(got, z, newTorchError(0, units, 0).partial)
	derivatives := comparison{"softmax", "derivatives", x, nil, nil, true}
	for i := range jacobian {
		row := floats(jacobian[i])
		for j := range row {
			row[j] += 0 // a leaf's Grad begins at +0, and +0 + −0 is +0
		}
		same := agreeAll(gotJacobian[i], row, newTorchError(0, 3*units, z[i]).partial)
		derivatives.agree = derivatives.agree && same
		derivatives.got = append(derivatives.got, gotJacobian[i]...)
		derivatives.want = append(derivatives.want, row...)
	}
	return []comparison{value, derivatives}
}

func TestTorch(t *testing.T) {
	points, needed := map[string]int{}, make([]bool, len(torchDifferences))
	for _, c := range compareWithTorch(t) {
		points[c.op+" "+c.number]++
		i := slices.IndexFunc(torchDifferences, func(d torchDifference) bool {
			return d.op == c.op && d.number == c.number && d.where(c.x)
		})
		switch {
		case i < 0 && !c.agree:
			t.Errorf("%s: %s at %v = %v, PyTorch has %v", c.op, c.number, c.x, c.got, c.want)
		case i >= 0 && c.agree:
			t.Errorf("%s: %s at %v = %v, as in PyTorch, but a row says they differ: %s",
				c.op, c.number, c.x, c.got, torchDifferences[i].why)
		case i >= 0:
			needed[i] = true
		}
	}
	for i, d := range torchDifferences {
		if !needed[i] {
			t.Errorf("%s: no point for the row that says %s differ: %s", d.op, d.number, d.why)
		}
	}
	names := []string{"softmax"}
	for _, op := range gradus.Ops() {
		names = append(names, op.Name())
	}
	for _, name := range names {
		for _, number := range []string{"value", "derivatives"} {
			n := points[name+" "+number]
			if n < 25 && (name != "step" || number != "derivatives") {
				t.Errorf("%s: %s at %d points, want 20 ordinary ones and special ones", name, number, n)
			}
		}
	}
}
