package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// fewSteps is how many products share a matrix at least if their gradients are added up at the end.
const fewSteps = 4

// deferGradients lets products with the same matrix of parameters, as the steps of an unrolled network have,
// leave its gradient to the one that Backward runs last. By then what it needs of all is there: their x, and
// the gradients of their z. If these lie at constant distances, as those of equal steps do, they are the
// columns of two matrices, whose product is the gradient of all steps.
func (l *lowering) deferGradients() {
	type matrix struct {
		code         machine.Opcode
		y, lda, m, n int32
		main         bool
	}
	var steps []*machine.Inst
	for k := range l.code {
		if in := &l.code[k]; batchable(in) && in.Active && in.GradY && in.Vectors() == 1 {
			steps = append(steps, in)
		}
	}
	for _, all := range classify(steps, func(in *machine.Inst) matrix {
		return matrix{in.Code, in.Y, in.LDA, in.M, in.N, in.Main}
	}) {
		for len(all) > 1 {
			n, x, z := 2, all[1].X-all[0].X, all[1].Z-all[0].Z
			for n < len(all) && all[n].X-all[n-1].X == x && all[n].Z-all[n-1].Z == z {
				n++
			}
			if n < fewSteps || x < 1 {
				all = all[n-1:] // the last may be the first of others
				continue
			}
			all[0].More = &machine.More{Steps: int32(n), XD: x, ZD: z}
			for _, in := range all[1:n] {
				in.GradY = false
			}
			all = all[n:]
		}
	}
}
