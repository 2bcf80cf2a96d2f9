// Package program is what the example programs have in common: how they treat their flags,
// their errors and their exit status.
package program

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
)

// Run parses the arguments, then calls run and returns the exit status. It is
//
//	0  if run returns nil, and for -h, which writes help to stdout: what the program is
//	   about, and what each flag is for
//	1  if run returns an error or its output cannot be written
//	2  if an argument is wrong, and then run is not called; or if run returns an error of
//	   [Usagef] or [Without]. Then stderr says what was expected
//
// What run writes is buffered, and the first error in writing it is kept and reported, so
// that run need not check.
func Run(
	flags *flag.FlagSet, about string, args []string, stdout, stderr io.Writer,
	run func(io.Writer) error,
) int {
	flags.SetOutput(io.Discard) // errors are printed below, once
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprintf(stdout, "%s\n\n%s\n\n%s", usage(flags), about, list(flags))
		return 0
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("argument %d is %q, want nothing but flags, each with its value",
			len(args)-flags.NArg()+1, flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintf(stderr, "%s: %v\n%s\n", flags.Name(), err, usage(flags))
		return 2
	}
	out := bufio.NewWriter(stdout)
	err = errors.Join(run(out), out.Flush())
	if err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", flags.Name(), err)
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

// A usageError is one of those who call the program.
type usageError string

// Error says what is wrong.
func (e usageError) Error() string { return string(e) }

// Usagef returns an error that says what is wrong with the flags.
func Usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// Without returns an error, which gives the reason, if the first flag was set and one of the
// others was too.
func Without(flags *flag.FlagSet, reason, first string, others ...string) error {
	var set []string
	flags.Visit(func(f *flag.Flag) { set = append(set, f.Name) })
	for _, other := range others {
		if slices.Contains(set, first) && slices.Contains(set, other) {
			return Usagef("-%s and -%s: %s; want one of the two", first, other, reason)
		}
	}
	return nil
}

// usage shows every flag with its default, or with what it takes if that is empty, in lines that
// fit. A switch takes nothing.
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
		if column += len(word); column > 100 {
			text += "\n      "
			column = len("      ") + len(word)
		}
		text += word
	})
	return text
}

// list says what every flag is for.
func list(flags *flag.FlagSet) (lines string) {
	width := 6
	flags.VisitAll(func(f *flag.Flag) { width = max(width, len(f.Name)) })
	flags.VisitAll(func(f *flag.Flag) {
		_, text := flag.UnquoteUsage(f)
		lines += fmt.Sprintf("  -%-*s %s\n", width, f.Name, text)
	})
	return lines
}
