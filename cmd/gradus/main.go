package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

func main() {
	os.Exit(command(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// command runs the program with these arguments and returns the exit status.
func command(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	if len(args) > 0 && args[0] == "help" {
		args = append(args[1:], "-h")
	}
	out := program.LineWriter{Writer: bufio.NewWriter(stdout)} // which keeps the first error
	err := newRoot(stdin, out, stderr).Run(ctx, append([]string{"gradus"}, args...))
	if failure := out.Flush(); !errors.Is(err, failure) { // the command may have returned it
		err = errors.Join(err, failed(failure))
	}
	if err == nil {
		return 0
	}
	fmt.Fprintln(stderr, wrap.Message("gradus: "+err.Error()))
	if errors.As(err, new(failure)) {
		return 1
	}
	return 2
}

// A failure is an error for which the exit status is 1, and not 2 as for bad input.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// failed returns an error as a failure, and nil as nil.
func failed(err error) error {
	if err == nil {
		return nil
	}
	return failure{err}
}

func newRoot(stdin io.Reader, stdout, stderr io.Writer) *cli.Command {
	cli.HelpPrinter, cli.ShowCommandHelp = printHelp, showCommandHelp
	root := &cli.Command{
		Name: "gradus", Description: "Gradus reads formulas, differentiates them, and shows its work.",
		Reader: stdin, Writer: stdout, ErrWriter: stderr, HideHelpCommand: true,
		EnableShellCompletion: true, ConfigureShellCompletionCommand: describeCompletion,
		ArgsUsage:      "COMMAND [FLAGS] ARGUMENTS",
		ExitErrHandler: func(context.Context, *cli.Command, error) {}, // command prints it
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return noCommand(c)
			}
			fmt.Fprint(c.Root().Writer, about("introduction"))
			return nil
		},
		Commands: []*cli.Command{
			deriveCommand(), traceCommand(), evalCommand(), checkCommand(), graphCommand(), hessianCommand(),
			sweepCommand(), fitCommand(), goCommand(), torchCommand(), playCommand(), learnCommand(),
			versionCommand(),
		},
	}
	root.OnUsageError = usageError
	for _, c := range root.Commands {
		c.OnUsageError, c.HideHelpCommand = usageError, true
		flagsOnce(c)
	}
	return root
}

// flagsOnce makes it an error to give a flag of c or its commands twice: one of the two would be overlooked.
func flagsOnce(c *cli.Command) {
	for _, f := range c.Flags {
		switch f := f.(type) {
		case *cli.StringFlag:
			f.OnlyOnce = true
		case *cli.GenericFlag:
			f.OnlyOnce = true
		case *cli.BoolFlag:
			f.OnlyOnce = true
		case *cli.DurationFlag:
			f.OnlyOnce = true
		}
	}
	for _, c := range c.Commands {
		flagsOnce(c)
	}
}

// noCommand says that the first argument is no command.
func noCommand(c *cli.Command) error {
	name := c.Args().First()
	if c.Root() == c && strings.Contains(name, "=") {
		return fmt.Errorf("a command must stand before the formulas, as in gradus eval '%s'", name)
	}
	meant := cli.SuggestCommand(c.Commands, name)
	if meant != "" {
		meant = " did you mean " + meant + "?"
	}
	return fmt.Errorf("there is no command %s;%s %q lists all", name, meant, c.FullName()+" -h")
}

// usageError says what is wrong with a flag, and where the flags are explained.
func usageError(_ context.Context, c *cli.Command, err error, _ bool) error {
	message := err.Error()
	if name, ok := strings.CutPrefix(message, "flag provided but not defined: -"); ok {
		meant := cli.SuggestFlag(c.Flags, name, false)
		message = fmt.Sprintf("there is no flag -%s; did you mean %s?", name, dash(meant))
		switch {
		case c.Command(name) != nil:
			message = fmt.Sprintf("there is no flag -%s; did you mean the command %s %[1]s?", name, c.FullName())
		case meant != "":
		case c.Root() == c:
			message = fmt.Sprintf("there is no flag -%s here; the flags of a command stand behind it", name)
		default:
			message = fmt.Sprintf("there is no flag -%s; the flags are %s", name, strings.Join(flags(c), ", "))
		}
	}
	if what, ok := strings.CutSuffix(message, "can't duplicate this flag"); ok {
		message = what + "it is given twice"
	}
	if what, ok := strings.CutSuffix(message, ": parse error"); ok {
		message = what + ": want true or false"
	}
	if what, _, ok := strings.Cut(message, ": time: "); ok {
		message = what + ": want a number with a unit, such as 30s or 2m"
	}
	return fmt.Errorf("%s\n%q explains the flags", message, c.FullName()+" -h")
}
