package compile

import "github.com/gradus-go/gradus/replay/internal/link"

// program puts the code and what it needs to know of its memory together.
func (l *lowering) program() *Program {
	p := &Program{
		Code: l.code, Place: make([]int32, l.Params), Memory: make([]float64, l.next),
		ConstMat: l.constMat, NMat: l.nmat, Loose: l.loose - l.nmat, Consts: l.consts - l.nmat,
		Temp: l.temp - l.nmat, NV: l.end - l.nmat,
	}
	for i, r := range l.role {
		switch r {
		case param:
			p.Place[i-l.Inputs] = l.slot[i]
		case constant:
			p.Memory[l.slot[i]] = l.data[i]
		}
	}
	for _, i := range l.Outputs {
		p.Outputs = append(p.Outputs, l.slot[i]-l.nmat)
	}
	p.Linking = link.Link(l.code, l.constMat, l.nmat, l.on(Reassociation))
	return p
}
