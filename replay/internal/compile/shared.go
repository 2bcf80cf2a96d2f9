package compile

import "github.com/gradus-go/gradus/replay/internal/machine"

// placeShared places the parameters where another program has them: in their own order, the first of them in
// Mat. There are no constants in Mat, which is the other program's.
func (l *lowering) placeShared() {
	l.layout.MatParams.End = int32(l.InMat)
	l.layout.Params.End = int32(l.Params - l.InMat)
	for k := range l.Params {
		l.slot[l.Inputs+k] = slot(k)
	}
}

// copyShared copies the parameters to V that lie in Mat although not only matrix-vector products read them.
// From now on the copies are the parameters. What comes back to them, as gradients, is handed on.
func (l *lowering) copyShared() {
	alone, params := l.matrixLeaves(), []int32{}
	for k := range l.InMat {
		if i := l.Inputs + k; l.uses[i] > 0 && !alone[i] {
			params = append(params, int32(i))
		}
	}
	if len(params) == 0 {
		return
	}
	first := l.emit(&instruction{
		Code: machine.Pack, N: int32(len(params)), Active: true, Main: true,
		X: machine.None, Y: machine.None, C: machine.None, More: &machine.More{Index: l.slots(params)},
	}, len(params))
	for j, i := range params {
		l.slot[i] = first + slot(j)
	}
}
