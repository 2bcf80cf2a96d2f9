package compile

import (
	"github.com/gradus-go/gradus/internal/builtin"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

const pick = int32(builtin.Pick)

// isPick reports whether a node is picked from the rows of a table, of which it knows one column.
func (w *rewrite) isPick(i int32) bool {
	return w.role[i] == computed && w.Ops[i] == pick && len(w.Operands(i)) > 1
}

// pick turns in into the instruction of a Pick. If the numbers of its column do not lie at equal distances,
// it has copies of them. The Pick of the next column, from the same rows, makes the instruction grow.
func (l *lowering) pick(in *instruction, operands []int32) {
	column := l.slots(operands[1:])
	_, lda, ok := lattice(column, 1)
	if !ok || lda < 0 || l.inMat(column[0]) != l.inMat(column[len(column)-1]) {
		column, lda = l.packed(column, in), 1
	}
	in.Code, in.M, in.LDA, in.YStep = machine.Pick, int32(len(column)), lda, 1
	in.X, in.Y, in.MatY, in.GradY = l.slot[operands[0]], column[0], l.inMat(column[0]), in.Active
}

// samePick reports whether a Pick has the rows of another one, which computes none of its operands.
func (in *instruction) samePick(next *instruction) bool {
	return in.X == next.X && in.M == next.M && in.LDA == next.LDA && in.MatY == next.MatY &&
		next.Y+(next.M-1)*next.LDA < in.Z
}
