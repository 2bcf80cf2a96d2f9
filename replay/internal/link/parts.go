package link

// A Part of the code is run by every sample for itself, or is one instruction for all of
// them together.
type Part struct {
	Start, End int
	Together   bool
}

// parts splits the code.
func (l *code) parts() (all []Part) {
	for i := range l.insts {
		together := l.batchable(&l.insts[i])
		if n := len(all); n == 0 || together || all[n-1].Together {
			all = append(all, Part{Start: i, Together: together})
		}
		all[len(all)-1].End = i + 1
	}
	return all
}
