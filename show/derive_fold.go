package show

import (
	"fmt"

	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/naming"
)

// A folder decides which values a long derivation leaves out: those whose names agree, up to
// their indices, with the name of a value that was shown.
type folder struct {
	on    bool           // nothing is left out if it is not set
	order []string       // the patterns of the names, in the order of their first names
	count map[string]int // the number of names of each pattern
}

func newFolder(on bool) *folder { return &folder{on: on, count: map[string]int{}} }

// leavesOut counts a name, and reports whether its value is left out.
func (f *folder) leavesOut(name string) bool {
	p := naming.Pattern(name)
	if f.count[p] == 0 {
		f.order = append(f.order, p)
	}
	f.count[p]++
	return f.on && f.count[p] > 1
}

// words returns a sentence for each pattern of names of which values were left out.
func (f *folder) words() (left []string) {
	for _, pattern := range f.order {
		if n := f.count[pattern] - 1; f.on && n > 0 {
			left = append(left, fmt.Sprintf("and %d more with respect to values named %s", n,
				formula.Text.Short(pattern)))
		}
	}
	return left
}
