package torch

import (
	"strings"

	"github.com/gradus-go/gradus/internal/listing"
)

// A role says what a slot holds.
type role uint8

const (
	constant role = iota
	param
	input
	result
)

// A piece is a stretch of slots that is one tensor in Python: a parameter, a constant, the inputs
// or a result.
type piece struct {
	name     string
	start, n int32
	columns  int32 // of a matrix; 0 for a vector or a number
	scalar   bool  // the tensor is a number, without an index for the slots
	batched  bool  // the tensor has a number for each sample, in indices before that one
	role     role
	read     bool // some instruction reads it, or it is an output
}

// shape returns the shape of a parameter or a constant.
func (p *piece) shape() []int {
	switch {
	case p.scalar:
		return []int{}
	case p.columns > 0:
		return []int{int(p.n / p.columns), int(p.columns)}
	}
	return []int{int(p.n)}
}

// A memory has the pieces of a program.
type memory struct {
	*listing.Program
	labels []string         // by slot
	role   []role           // by slot
	pieces []*piece         // in the order of the slots, but for the results
	at     []*piece         // by slot; nil for a result that has not been computed yet
	alone  map[int32]string // the variables of inputs that are read by themselves, by slot
}

// A read is a stretch of slots that an instruction reads as a whole. If it is a matrix, its rows
// begin lda apart.
type read struct{ at, n, lda, columns int32 }

// newMemory finds the pieces for the leaves of a program: what some instruction reads as a whole is
// one, and a matrix if it is read as one.
func newMemory(d *listing.Program) *memory {
	n := len(d.Numbers)
	m := &memory{Program: d, labels: make([]string, n), role: make([]role, n), at: make([]*piece, n)}
	for i, s := range d.Slots {
		if s == listing.None {
			continue
		}
		if m.labels[s] == "" {
			m.labels[s] = d.Names[i]
		}
		if i < d.Inputs {
			m.role[s] = input
		} else if i < d.Inputs+d.Params {
			m.role[s] = param
		}
	}
	joined := make([]bool, n) // a slot and the next one are of one piece
	isRead := make([]bool, n)
	var matrices []read
	for i := range d.Insts {
		for s := d.Insts[i].Z; s < d.Insts[i].Z+results(&d.Insts[i]); s++ {
			m.role[s] = result
		}
	}
	for s := range n - 1 {
		joined[s] = m.role[s] == input && m.role[s+1] == input
	}
	for i := range d.Insts {
		for _, r := range reads(&d.Insts[i]) {
			for s := r.at; s < r.at+r.n; s++ {
				isRead[s] = true
				joined[s] = joined[s] || s+1 < r.at+r.n && m.role[s] == m.role[s+1] && (r.lda > 0 || m.alike(s))
			}
			if r.lda > 0 {
				matrices = append(matrices, r)
			}
		}
	}
	for _, i := range d.Outputs {
		isRead[d.Slots[i]] = true
	}
	for s := range n - 1 {
		joined[s] = joined[s] || m.role[s] == m.role[s+1] && !isRead[s] && !isRead[s+1] && m.alike(int32(s))
	}
	m.cut(joined, isRead)
	for _, r := range matrices {
		if p := m.at[r.at]; p != nil && p.role <= param && p.columns == 0 && r.at+r.n <= p.start+p.n &&
			p.n%r.lda == 0 && p.n > r.lda && (r.at-p.start)%r.lda+r.columns <= r.lda {
			p.columns = r.lda
		}
	}
	return m
}

// cut makes pieces of all slots but those of results.
func (m *memory) cut(joined, isRead []bool) {
	var last *piece
	for s, r := range m.role {
		if r == result {
			last = nil
			continue
		}
		if s == 0 || last == nil || !joined[s-1] {
			last = &piece{start: int32(s), role: r}
			m.pieces = append(m.pieces, last)
		}
		last.n++
		last.scalar, last.batched = last.n == 1 && r != input, r == input
		last.read = last.read || isRead[s]
		m.at[s] = last
	}
}

// alike reports whether a slot and the next one may be elements of one vector: their labels have a
// name in common, or they have none.
func (m *memory) alike(s int32) bool {
	return m.labels[s] == m.labels[s+1] || commonName(m.labels[s:s+2]) != ""
}

// mostNames is how many names the name of an array has at most.
const mostNames = 3

// labelled returns a name for n slots, made of what their labels have in common, such as w, or of
// few such names, such as q_k_v. If there is none, it returns the other text.
func (m *memory) labelled(at, n int32, or string) string {
	labels, parts := m.labels[at:at+n], []string{}
	for len(labels) > 0 {
		k := 1
		for k < len(labels) && commonName(labels[k-1:k+1]) != "" {
			k++
		}
		name := commonName(labels[:k])
		if name == "" || len(parts) == mostNames {
			return or
		}
		parts, labels = append(parts, name), labels[k:]
	}
	return strings.Join(parts, "_")
}

// results returns how many results an instruction has.
func results(in *listing.Inst) int32 {
	switch in.Code {
	case listing.Copy:
		return int32(len(in.Index))
	case listing.Dense, listing.Transposed:
		return in.M * in.K
	case listing.Total, listing.Nary:
		return 1
	case listing.Softmax:
		return in.M * in.N
	case listing.LogSumExp:
		return in.M
	}
	return in.N
}

// reads returns what an instruction reads.
func reads(in *listing.Inst) (all []read) {
	add := func(at, n int32) {
		if at != listing.None {
			all = append(all, read{at: at, n: n})
		}
	}
	rows := func(at, k, n, step int32) { // of k vectors
		if step == n || k == 1 {
			add(at, n*k)
			return
		}
		for i := range k {
			if at != listing.None {
				add(at+i*step, n)
			}
		}
	}
	each := func(o listing.Operand, n int32) { add(o.At, o.Step*(n-1)+1) }
	switch in.Code {
	case listing.Copy, listing.Nary:
		for i, at := range in.Index {
			if i > 0 && in.Index[i-1]+1 == at {
				all[len(all)-1].n++
			} else {
				add(at, 1)
			}
		}
	case listing.Dense, listing.Transposed:
		lines, columns := matrix(in)
		all = []read{{in.Y.At, in.LDA*(lines-1) + columns, in.LDA, columns}}
		if lines == 1 {
			all[0].lda = 0
		}
		rows(in.X.At, in.K, in.N, in.XK)
		rows(in.C.At, in.K, in.C.Step*(in.M-1)+1, in.CK)
	case listing.Softmax, listing.LogSumExp:
		rows(in.X.At, in.M, in.N, in.LDA)
	case listing.Pick:
		all = []read{{in.Y.At, in.LDA*(in.M-1) + in.N, in.LDA, in.N}}
		if in.M == 1 || in.LDA == 1 {
			all[0].lda = 0
		}
		add(in.X.At, 1)
	case listing.Total:
		add(in.X.At, in.N)
		add(in.C.At, 1)
	default:
		each(in.X, in.N)
		each(in.Y, in.N)
		each(in.C, in.N)
	}
	return all
}

// matrix returns how many rows and columns the matrix of an instruction has as it lies in memory.
func matrix(in *listing.Inst) (rows, columns int32) {
	if in.Code == listing.Transposed {
		return in.N, in.M
	}
	return in.M, in.N
}
