package replay_test

import (
	"math"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/listing"
	"github.com/gradus-go/gradus/replay"
)

// interpret computes all slots of a description, straight from what package listing says of instructions.
func interpret(d *listing.Program, inputs []float64) []float64 {
	v := d.Numbers
	for i, x := range inputs {
		if at := d.Slots[i]; at != listing.None {
			v[at] = x
		}
	}
	for k := range d.Insts {
		for i, z := range results(&d.Insts[k], v) {
			v[int(d.Insts[k].Z)+i] = z
		}
	}
	return v
}

// results returns what an instruction computes. It writes elements that a later one may read as it goes.
func results(in *listing.Inst, v []float64) (z []float64) {
	at := func(o listing.Operand, i int32) float64 {
		if o.At == listing.None {
			return 0
		}
		return v[o.At+i*o.Step]
	}
	put := func(x float64) { v[int(in.Z)+len(z)], z = x, append(z, x) }
	row := func(r int32) []float64 { return v[in.X.At+r*in.LDA:][:in.N] }
	switch in.Code {
	case listing.Copy:
		return pick(v, in.Index)
	case listing.Nary:
		return []float64{in.Op.Eval(pick(v, in.Index)...)}
	case listing.Dense, listing.Transposed:
		byRow, byTerm := in.LDA, int32(1)
		if in.Code == listing.Transposed {
			byRow, byTerm = 1, in.LDA
		}
		for k := range in.K {
			for r := range in.M {
				sum := at(listing.Operand{At: in.C.At + k*in.CK, Step: in.C.Step}, r)
				if in.C.At == listing.None {
					sum = 0
				}
				for n := range in.N {
					sum += v[in.Y.At+r*byRow+n*byTerm] * v[in.X.At+k*in.XK+n]
				}
				z = append(z, sum)
			}
		}
	case listing.Total:
		sum := at(in.C, 0)
		for i := range in.N {
			sum += at(in.X, i)
		}
		return []float64{sum}
	case listing.Softmax:
		for r := range in.M {
			for _, s := range gradus.Softmax(gradus.Values(row(r))...) {
				z = append(z, s.Data)
			}
		}
	case listing.LogSumExp:
		for r := range in.M {
			z = append(z, gradus.LogSumExp(gradus.Values(row(r))...).Data)
		}
	case listing.Pick:
		for i := range in.N {
			var column []float64
			for r := range in.M {
				column = append(column, v[in.Y.At+r*in.LDA+i])
			}
			put(gradus.Pick(gradus.New(at(in.X, 0)), gradus.Values(column)...).Data)
		}
	default:
		for i := range in.N {
			switch x, y := at(in.X, i), at(in.Y, i); in.Code {
			case listing.MulAdd:
				put(x*y + at(in.C, i))
			case listing.Unary:
				put(in.Op.Eval(x))
			case listing.Binary:
				put(in.Op.Eval(x, y))
			case listing.Ternary:
				put(in.Op.Eval(x, y, at(in.C, i)))
			}
		}
	}
	return z
}

func pick(v []float64, index []int32) (x []float64) {
	for _, at := range index {
		x = append(x, v[at])
	}
	return x
}

// What a description says computes what the graph does, within the rounding bounds, and every code occurs.
func TestDescription(t *testing.T) {
	codes := map[listing.Code]int{}
	for seed := range uint64(400) {
		s := newSample(seed, 8, false)
		b, ok := newBounds(s.out)
		if !ok {
			continue
		}
		r := s.recorder()
		r.Exact = seed%2 == 0 // which makes no difference
		p := record(t, r, s.out, s.other)
		d := listing.Of(p)
		v := interpret(d, numbers(s.inputs))
		for k, out := range []*gradus.Value{s.out, s.other} {
			got := v[d.Slots[d.Outputs[k]]]
			if off, _ := b.of(out); !(math.Abs(got-out.Data) <= off) && k == 0 {
				t.Errorf("seed %d: output %d is %v, want %v within %v\n%s", seed, k, got, out.Data, off, p)
			}
		}
		for i, node := range d.Order {
			if got, want := v[d.Slots[node]], p.Numbers()[i]; got != want {
				t.Errorf("seed %d: parameter %d is %v, want %v", seed, i, got, want)
			}
		}
		for k := range d.Insts {
			codes[d.Insts[k].Code]++
		}
	}
	for code := listing.Copy; code <= listing.Pick; code++ {
		if codes[code] == 0 {
			t.Errorf("no random graph has an instruction of code %d", code)
		}
	}
}

// A program that shares parameters has a description of its own, with the numbers as they are now.
func TestDescriptionOfShared(t *testing.T) {
	x, w, b := gradus.New(3).As("x"), gradus.New(2).As("w"), gradus.New(1).As("b")
	p, err := replay.Record(w.Mul(x).Add(b).As("y"), x)
	if err != nil {
		t.Fatal(err)
	}
	q, err := p.Record(w.Mul(x).Sub(b).Mul(w).As("z"), x)
	if err != nil {
		t.Fatal(err)
	}
	q.Numbers()[q.Index(w)] = 5
	d := listing.Of(q)
	if got := interpret(d, []float64{3})[d.Slots[d.Outputs[0]]]; got != 70 {
		t.Errorf("z is %v, want (5·3 − 1)·5 = 70", got)
	}
	if got := d.Names[d.Outputs[0]]; got != "z" {
		t.Errorf("the output is named %q, want z", got)
	}
}
