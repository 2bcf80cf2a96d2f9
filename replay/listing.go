package replay

import (
	"fmt"
	"strings"
)

// String lists the program, an instruction a line. Of the names, x are the inputs, w the
// parameters, c the constants, t what is computed; t[2:5] is t[2], t[3] and t[4].
//
//	t[0:3] = w[0:6]·x[0:2] + w[6:9]    a matrix-vector product: w is the matrix, row by row
//	t[3:6] = σ(t[0:3])                 element by element
//	t[6:9] = t[3:6] · c[0]             with the same c[0] for all
//	t[9] = w[0:4]·x[0:4]               a dot product
//	t[1:4] = t[0:3] · x[1:4]           one after the other: t[0] first, then t[1] with it
func (p *Program) String() string {
	var s strings.Builder
	fmt.Fprintf(&s, "%s, %s, %s, %s\n", count(p.inputs, "input"), count(len(p.params), "parameter"),
		count(int(p.consts-p.loose+p.constMat), "constant"), count(len(p.code), "instruction"))
	for i := range p.code {
		fmt.Fprintf(&s, "%s\n", p.line(&p.code[i]))
	}
	s.WriteString("return ")
	for k, at := range p.outputs {
		if k > 0 {
			s.WriteString(", ")
		}
		s.WriteString(p.span(false, at, 1))
	}
	s.WriteString("\n")
	return s.String()
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// line writes an instruction.
func (p *Program) line(in *inst) string {
	x := p.operand(in.matX, in.x, in.xStep, in.n)
	y := p.operand(in.matY, in.y, in.yStep, in.n)
	z := p.span(false, in.z, in.n)
	switch in.code {
	case opPack:
		return z + " = " + p.list(in.index, p.nmat)
	case opDense:
		matrix := p.span(in.matY, in.y, in.lda*(in.m-1)+in.n)
		return p.span(false, in.z, in.m) + " = " + matrix + "·" + p.span(in.matX, in.x, in.n) + p.plus(in, in.m)
	case opMulAdd:
		return z + " = " + y + " · " + x + p.plus(in, in.n)
	case opTotal:
		return p.span(false, in.z, 1) + " = sum(" + x + ")" + p.plus(in, 1)
	case opNary:
		return z + " = " + in.op.Name() + "(" + p.list(in.index, 0) + ")"
	case opAdd, opSub, opMul, opDiv:
		return z + " = " + x + " " + in.op.Name() + " " + y
	}
	if in.op.Arity() == 2 {
		x += ", " + y
	}
	return z + " = " + in.op.Name() + "(" + x + ")"
}

// plus writes an addend, if there is one.
func (p *Program) plus(in *inst, n int32) string {
	if in.c == none {
		return ""
	}
	return " + " + p.operand(false, in.c, in.cStep, n)
}

// operand writes n elements, or the only one that there is if the step is 0.
func (p *Program) operand(inMat bool, at int32, step int8, n int32) string {
	if step == 0 {
		n = 1
	}
	return p.span(inMat, at, n)
}

// list writes slots that are in no order: places in mat, then, from nmat on, in v.
func (p *Program) list(slots []int32, nmat int32) string {
	names := make([]string, len(slots))
	for i, at := range slots {
		if at < nmat {
			names[i] = p.span(true, at, 1)
		} else {
			names[i] = p.span(false, at-nmat, 1)
		}
	}
	return strings.Join(names, ", ")
}

// span writes n places from one on. They may be of several kinds.
func (p *Program) span(inMat bool, at, n int32) string {
	var spans []string
	for _, part := range []struct {
		name       byte
		inMat      bool
		start, end int32
		first      int32 // the number of the place at start
	}{
		{'c', true, 0, p.constMat, 0},
		{'w', true, p.constMat, p.nmat, 0},
		{'w', false, 0, p.loose, p.nmat - p.constMat},
		{'c', false, p.loose, p.consts, p.constMat},
		{'x', false, p.consts, p.temp, 0},
		{'t', false, p.temp, p.nv, 0},
	} {
		lo, hi := max(at, part.start), min(at+n, part.end)
		if part.inMat != inMat || lo >= hi {
			continue
		}
		s := fmt.Sprintf("%c[%d", part.name, lo-part.start+part.first)
		if hi-lo > 1 {
			s += fmt.Sprintf(":%d", hi-part.start+part.first)
		}
		spans = append(spans, s+"]")
	}
	if len(spans) == 1 {
		return spans[0]
	}
	return "(" + strings.Join(spans, ", ") + ")"
}
