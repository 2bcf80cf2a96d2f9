// Package report prints what a tutorial's text prints beside what a program gets, and counts
// how many of the text's numbers are reproduced, to the last bit.
package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// A Report goes to a writer, whose errors it leaves to be found there.
type Report struct {
	w       io.Writer
	begun   bool
	printed int
	short   []string // what is not reproduced
	claims  []claim
}

// New returns a report on w.
func New(w io.Writer) *Report { return &Report{w: w} }

// Printf prints prose.
func (r *Report) Printf(format string, args ...any) { fmt.Fprintf(r.w, format, args...) }

// Percent returns a share as a percentage, rounded down to so many digits behind the point, so that
// 100 % is all of it. NaN is –.
func Percent(share float64, digits int) string {
	if math.IsNaN(share) {
		return "–"
	}
	scale := math.Pow10(digits)
	floor := math.Floor(100*share*scale + 1e-9) // 0.57 is a little less than 57 hundredths
	return strconv.FormatFloat(floor/scale, 'f', digits, 64) + " %"
}

// Flush shows what has been printed so far, also if the writer keeps it back for more.
func (r *Report) Flush() {
	if w, ok := r.w.(interface{ Flush() error }); ok {
		_ = w.Flush() // the writer keeps its error, and returns it again at the end
	}
}

// Prose prints a sentence or two, in lines that fit.
func (r *Report) Prose(format string, args ...any) {
	r.Printf("%s\n", wrap.Prose("", fmt.Sprintf(format, args...)))
}

// Section begins a part of the tutorial.
func (r *Report) Section(title string) {
	if r.begun {
		r.Printf("\n")
	}
	r.begun = true
	r.Printf("== %s\n", title)
}

// Calls begins a part of the tutorial that consists of function calls, see [Report.Call].
func (r *Report) Calls(title string) {
	r.Section(title)
	r.Printf("%-42s%-20s%s\n", "", "the text prints", "this program")
}

// Call prints a call, what the text prints for it and what it returns here, and compares the
// two: all digits count. Lists are in Python's notation, [1, 2]. If the text is "–", there is
// nothing to compare with.
func (r *Report) Call(call, text string, got ...float64) {
	mark := ""
	if text != "–" {
		r.printed++
		if !slices.Equal(numbers(text), got) {
			r.short = append(r.short, call)
			mark = "  short"
		}
	}
	result := strings.ReplaceAll(fmt.Sprint(got), " ", ", ")
	if len(got) == 1 {
		result = fmt.Sprint(got[0])
	}
	r.Printf("%-42s%-20s%s%s\n", call, text, result, mark)
}

// numbers returns the numbers in a text, nil if something else is in it.
func numbers(text string) (x []float64) {
	for field := range strings.SplitSeq(strings.Trim(text, "[]"), ", ") {
		f, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return nil
		}
		x = append(x, f)
	}
	return x
}

// Head prints the names of a table's columns.
func (r *Report) Head(names ...string) {
	r.Printf("%-26s", "")
	for _, name := range names {
		r.Printf("%18s", name)
	}
	r.Printf("\n")
}

// Row prints a row of a table: its name and its numbers, NaN as –.
func (r *Report) Row(name, verb string, numbers ...float64) {
	r.Printf("%-26s", name)
	for _, x := range numbers {
		r.Printf("%18s", strings.ReplaceAll(fmt.Sprintf(verb, x), "NaN", "–"))
	}
	r.Printf("\n")
}

// A claim is the text's, and whether it holds.
type claim struct {
	text  string
	holds bool
}

func (c claim) verdict() string {
	if c.holds {
		return "true"
	}
	return "false"
}

// Claim prints what the text claims, whether that holds, and what was measured.
func (r *Report) Claim(text string, holds bool, format string, measured ...any) {
	c := claim{text, holds}
	r.claims = append(r.claims, c)
	r.Printf("\nthe text: %s\n", wrap.Prose("          ", text))
	r.Printf("%-9s %s\n", c.verdict()+":", wrap.Prose("          ", fmt.Sprintf(format, measured...)))
}

// Finish saves the pictures, if there are any, as [picture.Album.Save] does and prints where, and
// which of the text's claims hold. Its last line says how many of the text's numbers were
// reproduced, and its error names the others.
func (r *Report) Finish(pictures picture.Album, folder, prefix string) error {
	var err error
	if len(pictures) > 0 {
		folder, err = pictures.Save(folder, prefix)
		r.Section("Pictures, in " + folder)
		for _, p := range pictures {
			r.Printf("%-26s%s\n", p.File, p.Caption())
		}
	}
	if len(r.claims) > 0 {
		r.Section("What the text claims")
		for _, c := range r.claims {
			r.Printf("%-9s %s\n", c.verdict(), c.text)
		}
	}
	if r.printed > 0 {
		r.Printf("\nreproduced: %d of %d results that the text prints and that are not random, "+
			"to the last bit\n", r.printed-len(r.short), r.printed)
	}
	if len(r.short) > 0 {
		err = errors.Join(err,
			fmt.Errorf("not the digits that the text prints: %s", strings.Join(r.short, "; ")))
	}
	return err
}
