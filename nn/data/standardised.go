package data

import (
	"reflect"
	"slices"
	"sync"
	"weak"
)

// standardised has the memory of all rows that were standardised, and inverted that of all rows that Invert
// returned, as long as somebody has the rows. To do either again gives numbers that look like others, so that
// nobody would notice.
var standardised, inverted memories

// memories are known by the pages in which they lie, so that a program may predict row after row, and each
// of them is found at once.
type memories struct {
	sync.Mutex
	pages map[uintptr][]memory
	count int // how many there are in pages, each as often as it has a page
	limit int // of the count: if it is reached, those that are gone are forgotten
}

const page = 1 << 13 // bytes

// A memory is that of the rows which [matrix] makes.
type memory struct {
	rows     weak.Pointer[float64]
	from, to uintptr
}

func (m memory) isGone() bool { return m.rows.Value() == nil }

// add adds the memory of rows which matrix has made.
func (all *memories) add(x [][]float64) {
	if len(x) == 0 {
		return
	}
	from := reflect.ValueOf(x[0]).Pointer()
	m := memory{weak.Make(&x[0][0]), from, from + uintptr(8*len(x)*len(x[0]))}
	all.Lock()
	defer all.Unlock()
	if all.count >= all.limit {
		all.forget()
	}
	for k := m.from / page; k <= (m.to-1)/page; k++ {
		all.pages[k] = append(all.pages[k], m)
		all.count++
	}
}

// forget forgets the memories that are gone. The next time is when there are twice as many as are left.
func (all *memories) forget() {
	pages, count := map[uintptr][]memory{}, 0
	for k, in := range all.pages {
		if in = slices.DeleteFunc(in, memory.isGone); len(in) > 0 {
			pages[k] = in
			count += len(in)
		}
	}
	all.pages, all.count, all.limit = pages, count, max(100, 2*count)
}

// has reports whether the first of the rows is in one of the memories.
func (all *memories) has(x [][]float64) bool {
	if len(x) == 0 {
		return false
	}
	at := reflect.ValueOf(x[0]).Pointer()
	all.Lock()
	defer all.Unlock()
	return slices.ContainsFunc(all.pages[at/page], func(m memory) bool {
		return m.from <= at && at < m.to && !m.isGone()
	})
}
