package formula

import (
	"fmt"
	"strings"
	"unicode"
)

// An Error says what is wrong in a text, and where. [Read], [ReadFiles] and [Expression] return it.
type Error struct {
	File         string // the name of the text, if it has one
	Line, Column int    // in that text, counted from 1; the column counts characters
	Text         string // the line
	Message      string // what is wrong, and what was expected
	Undefined    string // the name, if all that it lacks is a definition
}

// Error returns the place, the message, and the line with a caret under the place:
//
//	formula: line 3, column 5: w3 is not defined; did you mean w2?
//		y = w3·a + b
//		    ^
//
// If the text has a name, the place begins with it. Of a line without text it returns the message alone. In
// place of control characters it has �.
func (e *Error) Error() string {
	if e == nil {
		return "<nil>"
	}
	file := ""
	if e.File != "" {
		file = e.File + ", "
	}
	message := fmt.Sprintf("formula: %sline %d, column %d: %s", file, e.Line, e.Column, e.Message)
	line := []rune(e.Text)
	if strings.TrimSpace(e.Text) == "" {
		return message
	}
	before := max(0, min(e.Column-1, len(line)))             // characters before the place
	from, to := max(0, before-48), min(len(line), before+24) // so that a long line is cut to 80 columns
	indent := make([]rune, before-from)
	for i := range indent {
		if indent[i] = ' '; line[from+i] == '\t' {
			indent[i] = '\t'
		}
	}
	return fmt.Sprintf("%s\n\t%s\n\t%s^", message,
		strings.TrimRightFunc(strings.Map(printable, string(line[from:to])), unicode.IsSpace), string(indent))
}

// printable returns � for a character that a terminal would obey in place of printing it.
func printable(c rune) rune {
	if c == '\t' || unicode.IsGraphic(c) {
		return c
	}
	return unicode.ReplacementChar
}

// fail ends reading with an error.
func fail(at place, format string, args ...any) {
	panic(&Error{Line: at.line, Column: at.column, Message: fmt.Sprintf(format, args...)})
}

// try runs f and returns the error with which it failed, or nil.
func try(f func()) (err *Error) {
	defer func() {
		if r := recover(); r != nil {
			var ok bool
			if err, ok = r.(*Error); !ok {
				panic(r)
			}
		}
	}()
	f()
	return nil
}

// meant returns a question with the word that is most like a misspelt one, or "": of two to five characters
// one may be wrong, of more a third.
func meant(word string, words []string) string {
	n, found := len([]rune(word)), ""
	best := max(n/3, min(n-1, 1))
	for _, w := range words {
		if n > 40 || len(w) > 80 { // no word that somebody has misspelt
			continue
		}
		d := distance([]rune(strings.ToLower(word)), []rune(strings.ToLower(w)))
		if d < best || d == best && found == "" {
			best, found = d, w
		}
	}
	if found == "" {
		return ""
	}
	return "; did you mean " + found + "?"
}

// distance returns how many characters must be put in, left out or replaced, or be swapped with the next
// one, to make b of a.
//
// Source: R. Wagner, M. Fischer, The string-to-string correction problem, JACM 21(1), 1974.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j, y := range b {
			row[j+1] = min(last[j+1], row[j]) + 1
			if x == y {
				row[j+1] = min(row[j+1], last[j])
			} else {
				row[j+1] = min(row[j+1], last[j]+1)
			}
			if i > 0 && j > 0 && x == b[j-1] && a[i-1] == y {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}
