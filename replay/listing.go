package replay

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/replay/internal/machine"
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
	constants := int(p.code.Consts - p.code.Loose + p.code.ConstMat)
	fmt.Fprintf(&s, "%s, %s, %s, %s\n",
		count(p.graph.Inputs, "input"), count(len(p.params), "parameter"),
		count(constants, "constant"), count(len(p.code.Code), "instruction"))
	for i := range p.code.Code {
		fmt.Fprintf(&s, "%s\n", p.line(&p.code.Code[i]))
	}
	s.WriteString("return ")
	for k, at := range p.code.Outputs {
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
func (p *Program) line(in *machine.Inst) string {
	x := p.operand(in.MatX, in.X, in.XStep, in.N)
	y := p.operand(in.MatY, in.Y, in.YStep, in.N)
	z := p.span(false, in.Z, in.N)
	switch in.Code {
	case machine.Pack:
		return z + " = " + p.list(in.Index, p.code.NMat)
	case machine.Dense:
		matrix := p.span(in.MatY, in.Y, in.LDA*(in.M-1)+in.N)
		x, z = p.span(in.MatX, in.X, in.N), p.span(false, in.Z, in.M)
		return z + " = " + matrix + "·" + x + p.plus(in, in.M)
	case machine.MulAdd:
		return z + " = " + y + " · " + x + p.plus(in, in.N)
	case machine.Total:
		return p.span(false, in.Z, 1) + " = sum(" + x + ")" + p.plus(in, 1)
	case machine.Nary:
		return z + " = " + in.Op.Name() + "(" + p.list(in.Index, 0) + ")"
	case machine.Add, machine.Sub, machine.Mul, machine.Div:
		return z + " = " + x + " " + in.Op.Name() + " " + y
	}
	if in.Op.Arity() == 2 {
		x += ", " + y
	}
	return z + " = " + in.Op.Name() + "(" + x + ")"
}

// plus writes an addend, if there is one.
func (p *Program) plus(in *machine.Inst, n int32) string {
	if in.C == machine.None {
		return ""
	}
	return " + " + p.operand(false, in.C, in.CStep, n)
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
		{'c', true, 0, p.code.ConstMat, 0},
		{'w', true, p.code.ConstMat, p.code.NMat, 0},
		{'w', false, 0, p.code.Loose, p.code.NMat - p.code.ConstMat},
		{'c', false, p.code.Loose, p.code.Consts, p.code.ConstMat},
		{'x', false, p.code.Consts, p.code.Temp, 0},
		{'t', false, p.code.Temp, p.code.NV, 0},
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
