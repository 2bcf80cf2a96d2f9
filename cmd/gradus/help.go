package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

// sources is the part of the help that all commands with formulas have.
const sources = `

An argument with a = is formulas, such as 'y = tanh(w·x)'; any other is a file
with formulas, and - is standard input. Numbers, such as w=0.5, take the place
of those that are there already. After "input", as in 'input x = 1', a number is
an input; all others are parameters.

Formulas can be typed without σ, · and the like: 1/2*(sigmoid(w*x) - t)^2. Other
functions are exp, log, sqrt, sin, cos, tanh, relu, max, min, and so on.
`

// printHelp prints the help of a command: its usage, what it is about, and its flags or commands.
func printHelp(w io.Writer, _ string, data any) {
	c := data.(*cli.Command) // all that package cli prints help of
	usage := "usage: " + c.FullName()
	if len(c.Flags) > 1 { // -h is one
		usage += " [FLAGS]"
	}
	usage = strings.TrimSpace(usage + " " + c.ArgsUsage)
	fmt.Fprintf(w, "%s\n\n%s\n\n", usage, strings.TrimSpace(cmp.Or(c.Description, c.Usage)))
	row := func(lead, text string) {
		fmt.Fprintln(w, wrap.Prose(fmt.Sprintf("  %-14s ", lead), strings.Repeat(" ", 17), text))
	}
	for _, sub := range c.VisibleCommands() {
		row(sub.Name, sub.Usage)
	}
	for _, f := range c.VisibleFlags() {
		value, text := placeholder(f)
		names := f.Names()
		row(strings.TrimSpace(dash(names[len(names)-1])+" "+value), text) // -h, not -help
	}
}

// placeholder returns what stands for the value of a flag in its usage, in backquotes there, and the usage
// without them.
func placeholder(f cli.Flag) (value, text string) {
	if doc, ok := f.(cli.DocGenerationFlag); ok {
		text = doc.GetUsage()
	}
	if parts := strings.Split(text, "`"); len(parts) == 3 {
		return parts[1], strings.Join(parts, "")
	}
	return "", text
}

// dash returns the name of a flag with one dash.
func dash(name string) string { return "-" + strings.TrimLeft(name, "-") }

// describeCompletion makes the command that prints a script for a shell part of the help.
func describeCompletion(c *cli.Command) {
	c.Hidden, c.HideHelpCommand, c.OnUsageError = false, true, usageError
	c.Usage = "print a script that completes commands and flags in bash, zsh or fish"
	c.ArgsUsage = "bash|zsh|fish|pwsh"
	c.Description = `Completion prints a script, with which a shell completes the commands and flags
of gradus at the tab key (bash with its package bash-completion). To have it:

    source <(gradus completion bash)      # zsh: the same with zsh
    gradus completion fish | source`
}
