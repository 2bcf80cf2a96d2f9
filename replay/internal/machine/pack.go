package machine

import (
	"slices"

	"github.com/gradus-go/gradus/internal/kernel"
)

// A run is a stretch of places side by side, which a Pack copies as one.
type run struct {
	at, n int32
	inMat bool
}

// longRun is how many places a run has on average, at least, if a Pack of places in V copies run by run and
// not place by place.
const longRun = 4

// findRuns chooses the form of a Pack.
func (in *Inst) findRuns() {
	in.runs = runsOf(in.Index)
	if len(in.Index) < longRun*len(in.runs) && slices.Min(in.Index) >= 0 {
		in.form, in.runs = packV, nil
	}
}

// runsOf returns the runs of an Index.
func runsOf(index []int32) (runs []run) {
	for i, at := range index {
		inMat, step := at < 0, int32(1)
		if inMat {
			step = -1 // as InMat encodes places
		}
		if i > 0 && at == index[i-1]+step && inMat == runs[len(runs)-1].inMat {
			runs[len(runs)-1].n++
			continue
		}
		if inMat {
			at = InMat(at)
		}
		runs = append(runs, run{at, 1, inMat})
	}
	return runs
}

// pack copies numbers side by side, run by run.
func (m *Machine) pack(in *Inst) {
	z := m.V[in.Z:][:len(in.Index)]
	for _, r := range in.runs {
		z = z[copy(z[:r.n], at(m.Mat, m.V, r.inMat, r.at)):]
	}
}

// unpack is the reverse of pack.
func (m *Machine) unpack(in *Inst) {
	gz := m.G[in.Z:][:len(in.Index)]
	for _, r := range in.runs {
		g := at(m.GMat, m.G, r.inMat, r.at)[:r.n]
		kernel.Add(g, g, gz[:r.n])
		gz = gz[r.n:]
	}
}
