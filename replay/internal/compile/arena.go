package compile

import "slices"

// An arena is memory for many short slices, which together take few allocations.
type arena[T any] []T

// clone returns a copy of s in the arena.
func (a *arena[T]) clone(s []T) []T {
	const most = 1 << 14
	if cap(*a)-len(*a) < len(s) { // the slices in the old memory stay there
		*a = make([]T, 0, max(len(s), min(2*cap(*a), most)))
	}
	n := len(*a)
	*a = append(*a, s...)
	return (*a)[n:len(*a):len(*a)]
}

// reserve makes room in s for more elements if there is none. If s grows to that length in some of a total
// of steps, it is for what s has at the end if it goes on like that, and a little more. So a long slice is
// copied once, which takes less memory than to append to it again and again.
func reserve[T any](s []T, more, done, total int) []T {
	if n := len(s) + more; n > cap(s) && done > 0 {
		end := min(int64(n)*int64(total)/int64(done), int64(max(total, 2*n))) // as int may have 32 bits
		return slices.Grow(s, int(end)-len(s)+int(end)/16+1)
	}
	return s
}

// classify splits a list into lists of what has the same key. They are in the order of the first of each.
func classify[T any, K comparable](list []T, key func(T) K) (classes [][]T) {
	at := map[K]int{}
	for _, x := range list {
		k, ok := at[key(x)]
		if !ok {
			k, at[key(x)] = len(classes), len(classes)
			classes = append(classes, nil)
		}
		classes[k] = append(classes[k], x)
	}
	return classes
}
