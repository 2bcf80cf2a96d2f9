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
func runsOf(index []int32) []run {
	runs := make([]run, 0, countRuns(index))
	for i, at := range index {
		if i == 0 || !follows(at, index[i-1]) {
			runs = append(runs, run{at: max(at, InMat(at)), inMat: at < 0}) // of the two, one is negative
		}
		runs[len(runs)-1].n++
	}
	return runs
}

// countRuns returns how many runs an Index has.
func countRuns(index []int32) (n int) {
	for i, at := range index {
		if i == 0 || !follows(at, index[i-1]) {
			n++
		}
	}
	return n
}

// follows reports whether a place of an Index lies right behind another, in the same memory.
func follows(at, other int32) bool {
	if at < 0 {
		return other < 0 && InMat(at) == InMat(other)+1
	}
	return other >= 0 && at == other+1
}

// pack copies numbers side by side, run by run.
func (m *Machine) pack(in *Inst) {
	z := m.V[in.Z:][:in.N]
	for _, r := range in.runs {
		z = z[copy(z[:r.n], at(m.Mat, m.V, r.inMat, r.at)):]
	}
}

// unpack is the reverse of pack, and of Gather.
func (m *Machine) unpack(in *Inst) {
	if in.form == packV {
		in.places.AddAt(m.G, m.G[in.Z:])
		return
	}
	gz := m.G[in.Z:][:in.N]
	for _, r := range in.runs {
		g := at(m.GMat, m.G, r.inMat, r.at)[:r.n]
		kernel.Add(g, g, gz[:r.n])
		gz = gz[r.n:]
	}
}
