package program

import (
	"bufio"
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

// Run parses the arguments, calls run and returns the exit status of the program:
//
//	0  if run returns nil; and with the flag -h, which prints help on stdout in place of
//	   calling run: what the program is about, and what each flag is for
//	1  if run returns an error, or if its output cannot be written
//	2  if an argument is wrong, in which case run is not called; and if run returns an error
//	   of [Usagef] or [Exclusive]
//
// It writes every error to stderr, in lines that fit a terminal, and with status 2 the usage, too. The
// writer that it hands to run passes on each line when it ends, so that an interrupted program has
// printed what it has done. It keeps its first error, which Run reports at the end, so that run need
// not look at the errors of printing.
func Run(
	flags *flag.FlagSet, about string, args []string, stdout, stderr io.Writer,
	run func(io.Writer) error,
) int {
	flags.SetOutput(io.Discard) // Run prints the errors itself
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, "%s\n\n%s\n\n%s", usage(flags), about, list(flags))
		return 0
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("argument %d is %q, want only flags and their values",
			len(args)-flags.NArg()+1, flags.Arg(0))
	}
	if err != nil {
		complain(stderr, flags, err)
		fmt.Fprintln(stderr, usage(flags))
		return 2
	}
	out := LineWriter{Writer: bufio.NewWriter(stdout)}
	err = run(out)
	if failed := out.Flush(); !errors.Is(err, failed) { // run may have returned it
		err = errors.Join(err, failed)
	}
	if err != nil {
		complain(stderr, flags, err)
	}
	switch {
	case errors.As(err, new(usageError)):
		fmt.Fprintln(stderr, usage(flags))
		return 2
	case err != nil:
		return 1
	}
	return 0
}

// complain prints an error after the name of the program, in lines that fit a terminal.
func complain(stderr io.Writer, flags *flag.FlagSet, err error) {
	fmt.Fprintln(stderr, wrap.Message(fmt.Sprintf("%s: %v", flags.Name(), err)))
}

// A LineWriter passes on what it has when a line ends, so that an interrupted program has printed what it
// has done. Like a bufio.Writer, it keeps its first error.
type LineWriter struct{ *bufio.Writer }

func (w LineWriter) Write(p []byte) (int, error) {
	n, err := w.Writer.Write(p)
	if err == nil && bytes.IndexByte(p, '\n') >= 0 {
		err = w.Flush()
	}
	return n, err
}

// A usageError says that a program was called in a wrong way.
type usageError string

func (e usageError) Error() string { return string(e) }

// Usagef returns a formatted error about the flags, for which [Run] returns the status 2.
func Usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// Exclusive returns an error, which gives the reason, if the first flag was set and one of the
// others was set, too.
func Exclusive(flags *flag.FlagSet, reason, first string, others ...string) error {
	var set []string
	flags.Visit(func(f *flag.Flag) { set = append(set, f.Name) })
	for _, other := range others {
		if slices.Contains(set, first) && slices.Contains(set, other) {
			return Usagef("-%s and -%s exclude each other: %s", first, other, reason)
		}
	}
	return nil
}

// usage lists every flag with its default, as in "[-n 3]". If the default is empty, it names the
// kind of value instead, as in "[-out folder]". A boolean flag stands alone.
func usage(flags *flag.FlagSet) string {
	text := "usage: " + flags.Name()
	column := len(text)
	flags.VisitAll(func(f *flag.Flag) {
		value := f.DefValue
		if value == "" {
			value, _ = flag.UnquoteUsage(f)
		}
		word := fmt.Sprintf(" [-%s %s]", f.Name, value)
		if b, ok := f.Value.(interface{ IsBoolFlag() bool }); ok && b.IsBoolFlag() {
			word = fmt.Sprintf(" [-%s]", f.Name)
		}
		if column += len(word); column > wrap.Columns {
			text += "\n      "
			column = len("      ") + len(word)
		}
		text += word
	})
	return text
}

// list says of every flag what it is for.
func list(flags *flag.FlagSet) (lines string) {
	width := 6
	flags.VisitAll(func(f *flag.Flag) { width = max(width, len(f.Name)) })
	indent := strings.Repeat(" ", len("  -")+width+1)
	flags.VisitAll(func(f *flag.Flag) {
		_, text := flag.UnquoteUsage(f)
		lines += wrap.Prose(fmt.Sprintf("  -%-*s ", width, f.Name), indent, text) + "\n"
	})
	return lines
}
