package torch

import (
	"fmt"
	"slices"

	"github.com/gradus-go/gradus/internal/listing"
)

// A forward writes the lines of the method that computes the outputs.
type forward struct {
	*memory
	names   names // of the local variables
	lines   []string
	indices []string // the lines before the class, with indices
	results int      // how many results have no label
}

// inst writes the lines of an instruction.
func (f *forward) inst(in *listing.Inst) error {
	switch in.Code {
	case listing.Unary, listing.Binary, listing.Ternary, listing.MulAdd:
		return f.elements(in)
	case listing.Nary:
		v := f.gather(in.Index)
		text, err := apply(in.Op, v)
		if err != nil {
			return err
		}
		f.result(in.Z, 1, value{text: text, batched: v.batched})
	case listing.Copy:
		v := f.gather(in.Index)
		if len(in.Index) == 1 {
			v = f.element(in.Index[0])
			v.text = v.tensor()
		}
		f.result(in.Z, int32(len(in.Index)), v)
	case listing.Total:
		v := f.vector(in.X.At, in.N)
		v.text += ".sum(-1)"
		if in.C.At != listing.None {
			c := f.element(in.C.At)
			v.text, v.batched = v.text+" + "+c.text, v.batched || c.batched
		}
		f.result(in.Z, 1, v)
	case listing.Softmax, listing.LogSumExp:
		f.softmax(in)
	case listing.Pick:
		f.pick(in)
	default:
		f.dense(in)
	}
	return nil
}

// result writes the line for n results and makes them a piece. A single result is a number.
func (f *forward) result(at, n int32, v value) {
	name := f.labelled(at, n, "")
	if name == "" {
		f.results++
		name = fmt.Sprintf("t%d", f.results)
	}
	f.write(at, n, f.names.unused(name), v)
}

func (f *forward) write(at, n int32, name string, v value) {
	f.lines = append(f.lines, name+" = "+v.text)
	f.place(&piece{name: name, start: at, n: n, scalar: n == 1, batched: v.batched, role: result})
}

// place makes a piece of results.
func (f *forward) place(p *piece) {
	for s := p.start; s < p.start+p.n; s++ {
		f.at[s] = p
	}
}

// operand returns an operand of n elements. That of a single number has no index if n is 1, and
// otherwise one of length 1, so that it is the same for all elements.
func (f *forward) operand(o listing.Operand, n int32) value {
	switch {
	case n > 1 && o.Step == 1:
		return f.vector(o.At, n)
	case n == 1:
		return f.element(o.At)
	}
	v := f.element(o.At)
	if !v.literal {
		v.text += "[..., None]"
	}
	return v
}

// elements writes a function of one to three numbers, or x·y + c, element by element.
func (f *forward) elements(in *listing.Inst) error {
	operands := []listing.Operand{in.X, in.Y, in.C}
	operands = slices.DeleteFunc(operands, func(o listing.Operand) bool { return o.At == listing.None })
	reads := 0 // operands that elements of the instruction are
	for _, o := range operands {
		if o.At <= in.Z+in.N-1 && o.At+o.Step*(in.N-1) >= in.Z {
			reads++
		}
	}
	switch {
	case reads == 0:
		return f.elementwise(in, operands)
	case reads == 1 && in.Code == listing.Binary && in.X == listing.Operand{At: in.Z - 1, Step: 1}:
		return f.scan(in)
	}
	for i := range in.N { // an operand may be any earlier element
		one := *in
		one.Z, one.N = in.Z+i, 1
		for _, o := range []*listing.Operand{&one.X, &one.Y, &one.C} {
			if o.At != listing.None {
				o.At += i * o.Step
			}
		}
		if err := f.elements(&one); err != nil {
			return err
		}
	}
	return nil
}

// elementwise writes the line for elements none of which is an operand.
func (f *forward) elementwise(in *listing.Inst, operands []listing.Operand) error {
	n := in.N
	isSame := func(o listing.Operand) bool { return o.Step == 0 }
	same := n > 1 && !slices.ContainsFunc(operands, func(o listing.Operand) bool { return !isSame(o) })
	if same {
		n = 1
	}
	var x []value
	v := value{}
	for _, o := range operands {
		x = append(x, f.operand(o, n))
		v.batched = v.batched || x[len(x)-1].batched
	}
	var err error
	if in.Code == listing.MulAdd {
		if x[0].literal && x[1].literal {
			x[0].text = x[0].tensor()
		}
		v.text = fmt.Sprintf("%s * %s + %s", x[0].text, x[1].text, x[2].text)
	} else if v.text, err = apply(in.Op, x...); err != nil {
		return err
	}
	if same {
		v.text = fmt.Sprintf("torch.stack([%s] * %d, -1)", v.text, in.N)
	}
	f.result(in.Z, in.N, v)
	return nil
}

// scan writes a loop in which the first operand of an element is the element before.
func (f *forward) scan(in *listing.Inst) error {
	x, y := f.element(in.X.At), f.element(in.Y.At)
	each := fmt.Sprintf("_ in range(%d)", in.N)
	if in.Y.Step == 1 {
		y = f.vector(in.Y.At, in.N)
		each = fmt.Sprintf("y in %s.unbind(-1)", y.text)
		y.text = "y"
	}
	loop := f.names.unused("loop")
	text, err := apply(in.Op, value{text: loop + "[-1]"}, y)
	if err != nil {
		return err
	}
	f.lines = append(f.lines, fmt.Sprintf("%s = [%s]", loop, x.tensor()), "for "+each+":",
		"    "+loop+".append("+text+")")
	f.result(in.Z, in.N, value{text: "torch.stack(" + loop + "[1:], -1)", batched: x.batched || y.batched})
	return nil
}

// softmax writes a softmax of rows, or the logarithm of their sum of exponentials.
func (f *forward) softmax(in *listing.Inst) {
	v := f.vector(in.X.At, in.N)
	if in.M > 1 {
		v = f.rows(in.X.At, in.M, in.N, in.LDA)
	}
	if in.Code == listing.LogSumExp {
		v.text += ".logsumexp(-1)"
		f.result(in.Z, in.M, v)
		return
	}
	v.text += ".softmax(-1)"
	switch {
	case in.M > 1:
		v.text += ".flatten(-2)"
	case in.N == 1:
		v.text += "[..., 0]"
	}
	f.result(in.Z, in.M*in.N, v)
}

// pick writes the choice of a row.
func (f *forward) pick(in *listing.Inst) {
	index, table := f.element(in.X.At), f.matrix(in.Y.At, in.M, in.N, in.LDA)
	v := value{
		text:    fmt.Sprintf("_row(%s, %s)", table.text, index.tensor()),
		batched: table.batched || index.batched,
	}
	if in.N == 1 {
		v.text += "[..., 0]"
	}
	f.result(in.Z, in.N, v)
}

// fewParts is how many parts a vector has at most that is written as a list of parts. It is less if
// they are all parts of one tensor.
const fewParts, fewOfOne = 8, 2

// gather returns the numbers at slots as a vector.
func (f *forward) gather(index []int32) value {
	var parts []value
	most := fewOfOne
	for i := 0; i < len(index); {
		if f.at[index[i]] != f.at[index[0]] {
			most = fewParts
		}
		p, n := f.at[index[i]], 1
		for i+n < len(index) && index[i+n] == index[i]+int32(n) && f.at[index[i+n]] == p {
			n++
		}
		parts = append(parts, f.part(p, index[i], int32(n)))
		i += n
	}
	if len(parts) <= most {
		return joined(parts)
	}
	var pieces []value
	start, size := map[*piece]int32{}, int32(0) // of each piece in what is joined
	places := make([]int32, len(index))
	for i, s := range index {
		p := f.at[s]
		if _, ok := start[p]; !ok {
			start[p] = size - p.start
			size += p.n
			pieces = append(pieces, f.part(p, p.start, p.n))
		}
		places[i] = start[p] + s
	}
	v, name := joined(pieces), fmt.Sprintf("_index%d", len(f.indices)+1)
	f.indices = append(f.indices, name+" = torch.tensor("+indices(places)+")")
	v.text += "[..., " + name + "]"
	return v
}
