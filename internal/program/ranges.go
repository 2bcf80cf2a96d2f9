package program

import (
	"flag"
	"fmt"
	"strconv"
	"strings"
)

// Ranges returns the value of a flag that sets p to a list of whole numbers in [from, to], in
// ascending order. The user writes 1,3-5 for the list 1, 3, 4, 5.
func Ranges(p *[]int, from, to int) flag.Value {
	parse := func(s string) (ascending, error) { return parseRanges(s, from, to) }
	want := fmt.Sprintf("whole numbers from %d to %d, ascending, as in %d,%d-%d", from, to, from, from+1, to)
	return value[ascending]{(*ascending)(p), parse, want}
}

// Wholes returns the value of a flag that sets p to a list of whole numbers in [from, to], in any
// order and at most as long as most says. The user writes 3,1,3, or nothing for the empty list.
func Wholes(p *[]int, most, from, to int) flag.Value {
	parse := func(s string) (l wholes, err error) {
		if s == "" {
			return nil, nil
		}
		for part := range strings.SplitSeq(s, ",") {
			n, err := strconv.Atoi(part)
			if err != nil || n < from || n > to {
				return nil, errRange
			}
			l = append(l, n)
		}
		if len(l) > most {
			return nil, errRange
		}
		return l, nil
	}
	want := fmt.Sprintf("at most %d whole numbers from %d to %d, with commas between them", most, from, to)
	return value[wholes]{(*wholes)(p), parse, want}
}

type wholes []int

// String separates the numbers with commas.
func (l wholes) String() string {
	return strings.ReplaceAll(strings.Trim(fmt.Sprint([]int(l)), "[]"), " ", ",")
}

type ascending []int

// String writes consecutive numbers as a range: 1, 3, 4, 5 as 1,3-5.
func (l ascending) String() string {
	var parts []string
	for i := 0; i < len(l); {
		j := i
		for j+1 < len(l) && l[j+1] == l[j]+1 {
			j++
		}
		part := strconv.Itoa(l[i])
		if i < j {
			part += "-" + strconv.Itoa(l[j])
		}
		parts, i = append(parts, part), j+1
	}
	return strings.Join(parts, ",")
}

func parseRanges(s string, from, to int) (l ascending, err error) {
	for part := range strings.SplitSeq(s, ",") {
		first, last, isRange := strings.Cut(part, "-")
		if !isRange {
			last = first
		}
		lo, err := strconv.Atoi(first)
		if err != nil {
			return nil, err
		}
		hi, err := strconv.Atoi(last)
		if err != nil {
			return nil, err
		}
		if lo < from || hi < lo || hi > to {
			return nil, errRange
		}
		for n := lo; n <= hi; n++ {
			l = append(l, n)
		}
		from = hi + 1
	}
	return l, nil
}
