package torch

import (
	"fmt"
	"strconv"
	"strings"
)

// count writes a number and what it counts.
func count(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// tuple returns the lines for a tuple of texts. Python has the escapes of Go.
func tuple(name string, texts []string) string {
	q, end := make([]string, len(texts)), ")"
	for i, text := range texts {
		q[i] = strconv.QuoteToASCII(text)
	}
	if len(q) == 1 {
		end = ",)"
	}
	return wrapped(name+" = (", q, end)
}

// columns is how many columns a line of Python has at most, if it can be broken.
const columns = 80

// wrapped returns a list in lines, each indented below the beginning of the first.
func wrapped(start string, list []string, end string) string {
	indent := strings.Repeat(" ", len(start)-len(strings.TrimLeft(start, " "))+4)
	var text strings.Builder
	text.WriteString(start)
	width := len(start)
	for i, word := range list {
		if i < len(list)-1 {
			word += ","
		} else {
			word += end
		}
		switch {
		case i > 0 && width+1+len(word) > columns:
			text.WriteString("\n" + indent)
			width = len(indent)
		case i > 0:
			text.WriteString(" ")
			width++
		}
		text.WriteString(word)
		width += len(word)
	}
	return text.String()
}

// broken returns a line in several if it is too long, broken after commas, which stand in brackets.
func broken(line string) string {
	if len(line) <= columns {
		return line
	}
	start := len(line) - len(strings.TrimLeft(line, " "))
	words := strings.Split(strings.ReplaceAll(line[start:], "..., ", "...,\x00"), ", ")
	return strings.ReplaceAll(wrapped(line[:start], words, ""), "\x00", " ")
}

// indices returns a list of Python with these numbers: as sums of a start and a distance from it,
// if the list is much shorter so.
func indices(x []int32) string {
	best := len(x)
	for n := 2; n < len(x); n++ { // distances from each start
		if len(x)%n == 0 && n+len(x)/n < best && repeats(x, n) {
			best = n
		}
	}
	if best+len(x)/best > len(x)/2 {
		return list(x)
	}
	distances, starts := make([]int32, best), make([]int32, 0, len(x)/best)
	for i := range distances {
		distances[i] = x[i] - x[0]
	}
	for i := 0; i < len(x); i += best {
		starts = append(starts, x[i])
	}
	return fmt.Sprintf("[i + j for i in %s for j in %s]", list(starts), list(distances))
}

// repeats reports whether every n numbers have the same differences as the first n.
func repeats(x []int32, n int) bool {
	for i := n; i < len(x); i++ {
		if x[i]-x[i-i%n] != x[i%n]-x[0] {
			return false
		}
	}
	return true
}

// list returns a list of Python with these numbers.
func list(x []int32) string { return strings.ReplaceAll(fmt.Sprint(x), " ", ", ") }
