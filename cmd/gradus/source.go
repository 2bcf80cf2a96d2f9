package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v3"
	"golang.org/x/term"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/claim"
	notation "github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
)

// A problem is what the arguments of a command describe.
type problem struct {
	*formulary.Problem
	claims []claim.Claim // derivatives that stand among the formulas, for check
	data   table         // of -data, for fit
	stop   func()        // takes away the line that says that the command is at work
}

// ofFlag and byFlag are flags that onFormulas reads.
func ofFlag() cli.Flag {
	return &cli.StringFlag{
		Name: "of", Usage: "the `NAME` of the value to derive; if not given, the last result",
	}
}

func byFlag(usual string) cli.Flag {
	return &cli.StringFlag{
		Name: "by", Usage: "the `NAMES` of the values by which, as in W2,b2; if not given, " + usual,
	}
}

// onFormulas completes a command that has formulas for arguments. It runs run with the output and the problem
// that they are. While the command is at work, it says so on a terminal, until there is output on it.
func onFormulas(c *cli.Command, run func(c *cli.Command, w io.Writer, p *problem) error) *cli.Command {
	c.ArgsUsage = cmp.Or(c.ArgsUsage, "FORMULAS... [NAME=NUMBER]...")
	c.Description += "\n" + about("formulas")
	c.Action = func(_ context.Context, c *cli.Command) error {
		if err := readsOnce(append(c.Args().Slice(), c.String("data"))); err != nil {
			return err
		}
		if err := keepsFiles(c.String("o"), append(c.Args().Slice(), c.String("data"))...); err != nil {
			return err
		}
		texts, err := readAll(c.Args().Slice(), c.Root().Reader)
		if err != nil {
			return err
		}
		data, err := readTable(c.String("data"), c.Root().Reader)
		if err != nil {
			return err
		}
		if err := numbersOnce(c.Args().Slice(), data); err != nil {
			return err
		}
		stop := progress.Waiting(c.Root().ErrWriter, c.FullName()+" is at work")
		defer stop()
		w := c.Root().Writer
		if term.IsTerminal(int(os.Stdout.Fd())) {
			w = progress.Before{Writer: w, Stop: stop}
		}
		claims := claim.Take(texts)
		isMore := func(f formula.File) bool { return strings.TrimSpace(f.Text) != "" }
		if len(claims) > 0 && !slices.ContainsFunc(texts, isMore) {
			return errors.New("there are derivatives, but no formula; want one such as y = 2x + 1")
		}
		texts = formulary.NumbersLast(texts)
		if len(data.names) > 0 { // first, for then a formula with the name of a column is an error
			texts = slices.Concat([]formula.File{data.first()}, texts, []formula.File{data.first()})
		}
		p, err := solve(texts, c.String("of"), c.String("by"))
		if err == nil {
			err = p.mustUse(c.Args().Slice())
		}
		if err != nil {
			return replaced(err, texts)
		}
		p.claims, p.data, p.stop = claims, data, stop
		return run(c, w, p)
	}
	return c
}

// readAll returns the texts that the arguments are or name. Those that they are have no name: an error shows
// the line.
func readAll(args []string, stdin io.Reader) (texts []formula.File, err error) {
	if len(args) == 0 {
		return nil, errors.New("there is no formula; want one such as 'y = 2x + 1', a file, " +
			"or - for standard input")
	}
	for _, arg := range args {
		text, name := []byte(arg), ""
		if !strings.Contains(arg, "=") {
			name = called(arg)
			if text, err = readFile(arg, stdin); os.IsNotExist(err) {
				return nil, fmt.Errorf("there is no file %q; want a file, a formula in quotes such as 'y = 2*x + 1', "+
					"or a number without spaces such as x=3", arg)
			} else if err != nil {
				return nil, err
			}
		}
		texts = append(texts, formula.File{Name: name, Text: string(text)})
	}
	return texts, nil
}

// readsOnce returns an error if standard input is among the files more than once.
func readsOnce(files []string) error {
	isInput := func(file string) bool { return file == "-" }
	if i := slices.IndexFunc(files, isInput); i >= 0 && slices.ContainsFunc(files[i+1:], isInput) {
		return errors.New("- is standard input, which can be read once; want a file in place of the other -")
	}
	return nil
}

// numbersOnce returns an error if two arguments give a number to the same name, or if a column of the
// data has the name, too: one of them would be overlooked. Numbers in files may have others in their
// place.
func numbersOnce(args []string, data table) error {
	given := map[string]string{}
	for _, arg := range args {
		g, err := formula.Read(arg)
		if err != nil || len(g.Results) > 0 {
			continue
		}
		for _, name := range g.Names() {
			if slices.Contains(data.names, name) {
				return fmt.Errorf("%s: %s is a column of %s, too; want one of them", arg, name, data.file)
			}
			if first, ok := given[name]; ok {
				return fmt.Errorf("%s: %s has a number already, in %s; want one of them", arg, name, first)
			}
			given[name] = arg
		}
	}
	return nil
}

// keepsFiles returns an error if a file to write is one that an argument names, and would be lost.
func keepsFiles(file string, args ...string) error {
	for _, arg := range args {
		if file != "" && arg != "" && program.Same(file, arg) {
			return fmt.Errorf("-o: %s is read, and would be written over; want another file", file)
		}
	}
	return nil
}

// readFile returns what is in a file, or on standard input if the name is "-".
func readFile(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return nil, fmt.Errorf("%s: it is a folder, want a file", name)
	}
	return os.ReadFile(name)
}

// called returns what the file of a name is called in errors.
func called(name string) string {
	if name == "-" {
		return "standard input"
	}
	return name
}

// mustUse returns an error if an argument is a number with a name that no formula has: the name is misspelt.
// Files may have more numbers than are used.
func (p *problem) mustUse(args []string) error {
	used := map[*gradus.Value]bool{}
	for _, v := range gradus.Topo(p.Results...) {
		used[v] = true
	}
	isUnused := func(name string) bool { return !used[p.Value(name)] }
	for _, arg := range args {
		g, err := formula.Read(arg)
		if err != nil || len(g.Results) > 0 {
			continue
		}
		if names := g.Names(); slices.ContainsFunc(names, isUnused) {
			return fmt.Errorf("no formula has %s; the names in formulas are %s",
				names[slices.IndexFunc(names, isUnused)],
				strings.Join(slices.DeleteFunc(p.Names(), isUnused), ", "))
		}
	}
	return nil
}

// replaced adds to an error which number takes the place of a formula, if one does: that may be why.
func replaced(err error, texts []formula.File) error {
	for i, text := range texts {
		numbers, fault := formula.Read(text.Text)
		if fault != nil || len(numbers.Results) > 0 {
			continue
		}
		others, fault := formula.ReadFiles(slices.Delete(slices.Clone(texts), i, i+1)...)
		if fault != nil {
			continue
		}
		for _, name := range numbers.Names() {
			if v := others.Value(name); v != nil && v.Op() != nil {
				return fmt.Errorf("%[1]w (%[2]s = %[3]s takes the place of the formula of %[2]s)", err,
					name, notation.Exact(numbers.Value(name).Data))
			}
		}
	}
	return err
}

// solve reads texts and finds the values of the two flags.
func solve(texts []formula.File, of, by string) (*problem, error) {
	p, err := formulary.Read(texts, of, by)
	if wrong := new(formulary.ChoiceError); errors.As(err, &wrong) {
		flag := "-by"
		if wrong.Of {
			flag = "-of"
		}
		return nil, fmt.Errorf("%s: %w", flag, err)
	}
	if err != nil {
		return nil, err
	}
	return &problem{Problem: p}, nil
}
