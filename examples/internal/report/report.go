package report

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program/wrap"
	"github.com/gradus-go/gradus/nn/train"
)

// A Report prints to a writer. It ignores the writer's errors: the writer must keep them, as a
// bufio.Writer does.
type Report struct {
	w       io.Writer
	begun   bool     // there is a section already
	printed int      // how many results of the text were compared
	short   []string // the calls whose results differ from the text's
	width   int      // of a column of the table whose head was printed last
	claims  []claim
}

// New returns a report on w.
func New(w io.Writer) *Report { return &Report{w: w} }

// Printf prints as fmt.Printf does.
func (r *Report) Printf(format string, args ...any) { fmt.Fprintf(r.w, format, args...) }

// Prose prints a sentence or two, broken into lines.
func (r *Report) Prose(format string, args ...any) {
	r.Printf("%s\n", wrap.Prose("", "", fmt.Sprintf(format, args...)))
}

// Item prints a text behind a lead, broken into lines that begin below the text.
func (r *Report) Item(lead, format string, args ...any) {
	indent := strings.Repeat(" ", utf8.RuneCountInString(lead))
	r.Printf("%s\n", wrap.Prose(lead, indent, fmt.Sprintf(format, args...)))
}

// Section prints the title of a section, broken into lines.
func (r *Report) Section(title string) {
	if r.begun {
		r.Printf("\n")
	}
	r.begun = true
	r.Item("== ", "%s", title)
}

// Run runs sections of a program, those with the numbers in which, counted from 1. If the context is
// cancelled, it says in which section, and ends without an error: what is finished is kept.
func (r *Report) Run(ctx context.Context, which []int, sections ...func(context.Context) error) error {
	for _, i := range which {
		err := ctx.Err()
		if err == nil {
			err = sections[i-1](ctx)
		}
		if errors.Is(err, context.Canceled) {
			r.Printf("\ninterrupted in section %d\n", i)
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// callWidth is the width of a call. What is longer has a line of its own.
const callWidth = 34

// Calls prints the title of a section of function calls, which [Report.Call] prints, and the names
// of their columns.
func (r *Report) Calls(title string) {
	r.Section(title)
	r.Printf("%*s%-20s%s\n", callWidth, "", "the text prints", "this program")
}

// Call prints a call, the result in the tutorial's text and the result got by the program. Results
// that differ, in any digit, are marked and counted. A list is written as Python prints it, [1, 2].
// The text "–" says that the tutorial prints no result, so that there is nothing to compare.
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
	if utf8.RuneCountInString(call) >= callWidth {
		call += "\n" + strings.Repeat(" ", callWidth)
	}
	r.Printf("%-*s%-20s%s%s\n", callWidth, call, text, result, mark)
}

// numbers returns the numbers in a text, or nil if there is anything else in it.
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

// Interrupted prints where training was interrupted. The state is that of the last batch that it has
// finished, or the zero State if there is none.
func (r *Report) Interrupted(s train.State) {
	switch s.Batch {
	case 0:
		r.Printf("interrupted before the first batch\n")
	case s.Batches:
		r.Printf("interrupted after epoch %d of %d\n", s.Epoch, s.Epochs)
	default:
		r.Printf("interrupted in epoch %d of %d, after batch %d of %d\n", s.Epoch, s.Epochs, s.Batch, s.Batches)
	}
}

// Trained prints a sentence if the loss is higher at the end of training than at its start, or not a
// number. The flag and the rate are those of the learning rate.
func (r *Report) Trained(start, end float64, flag string, rate float64) {
	if end <= start {
		return
	}
	advice := "Most often the steps are too large then: try less than"
	if rate < 0 {
		advice = "A negative rate goes uphill: try a positive one, not"
	}
	r.Prose("The loss went from %.5g at the start to %.5g at the end: training has made the network worse. "+
		"%s -%s %v.", start, end, advice, flag, rate)
}

// rowName is the width of the names of a table's rows.
const rowName = 24

// Head prints the names of a table's columns, which share the width of the terminal.
func (r *Report) Head(names ...string) {
	r.width = min(18, (wrap.Columns-rowName)/len(names))
	head := strings.Repeat(" ", rowName)
	for _, name := range names {
		head += fmt.Sprintf(" %*s", r.width-1, name)
	}
	r.Printf("%s\n", strings.TrimRight(head, " "))
}

// Row prints a row of a table: its name and its numbers, formatted with verb. NaN becomes –.
func (r *Report) Row(name, verb string, numbers ...float64) {
	r.Printf("%-*s", rowName, name)
	for _, x := range numbers {
		r.Printf(" %*s", r.width-1, strings.ReplaceAll(fmt.Sprintf(verb, x), "NaN", "–"))
	}
	r.Printf("\n")
}

// A claim is a statement of the tutorial's text, and whether it holds.
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

// Claim prints a claim of the tutorial's text, whether it holds, and what was measured.
func (r *Report) Claim(text string, holds bool, format string, measured ...any) {
	c := claim{text, holds}
	r.claims = append(r.claims, c)
	r.Printf("\n")
	r.Item("the text: ", "%s", text)
	r.Item(fmt.Sprintf("%-10s", c.verdict()+":"), format, measured...)
}

// Finish saves the pictures, if there are any, in the folder that [picture.Folder] creates, and
// prints their names. Then it prints all claims again, each with its verdict, and last how many
// results of the text were reproduced. It returns an error that names those that were not, or the
// pictures that could not be saved.
func (r *Report) Finish(pictures picture.Album, folder, prefix string) error {
	var err error
	if len(pictures) > 0 {
		if folder, err = picture.Folder(folder, prefix); err == nil {
			err = pictures.Save(folder)
		}
		r.Section("Pictures, in " + folder)
		for _, p := range pictures {
			r.Item(fmt.Sprintf("%-26s", p.File), "%s", p.Caption())
		}
	}
	if len(r.claims) > 0 {
		r.Section("What the text claims")
		for _, c := range r.claims {
			r.Item(fmt.Sprintf("%-10s", c.verdict()), "%s", c.text)
		}
	}
	if r.printed > 0 {
		r.Printf("\nreproduced, to the last bit: %d of %d results in the text that are not random\n",
			r.printed-len(r.short), r.printed)
	}
	if len(r.short) > 0 {
		err = errors.Join(err,
			fmt.Errorf("not the digits that the text prints: %s", strings.Join(r.short, "; ")))
	}
	return err
}
