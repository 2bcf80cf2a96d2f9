package machine

import "github.com/gradus-go/gradus/internal/kernel"

// A run is a stretch of places side by side, which a Pack copies as one.
type run struct {
	at, n int32
	inMat bool
}

// longRun is how many places a run has on average, at least, if a Pack of places in V copies run by run and
// not place by place. From there on it takes less time, forward and backward together.
const longRun = 24

// runsOf returns the runs of an Index.
func runsOf(index []int32) (runs []run) {
	for _, at := range index {
		next := run{max(at, InMat(at)), 1, at < 0} // of the two, one is negative
		if k := len(runs) - 1; k >= 0 && next.inMat == runs[k].inMat && next.at == runs[k].at+runs[k].n {
			runs[k].n++
		} else {
			runs = append(runs, next)
		}
	}
	return runs
}

// pack copies numbers side by side, run by run.
func (m *Machine) pack(in *Inst) {
	z := m.V[in.Z:][:in.N]
	for _, r := range in.runs {
		z = z[copy(z[:r.n], at(m.Mat, m.V, r.inMat, r.at)):]
	}
}

// unpack is the reverse of pack.
func (m *Machine) unpack(in *Inst) {
	gz := m.G[in.Z:][:in.N]
	for _, r := range in.runs {
		g := at(m.GMat, m.G, r.inMat, r.at)[:r.n]
		kernel.Add(g, g, gz[:r.n])
		gz = gz[r.n:]
	}
}
