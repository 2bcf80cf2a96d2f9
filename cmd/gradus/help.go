package main

import (
	"cmp"
	"context"
	"embed"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

// texts holds what the help of each command is about, and formulas.txt, which stands in the help of all that
// have formulas.
//
//go:embed help
var texts embed.FS

// about returns one of the texts.
func about(name string) string {
	text, err := texts.ReadFile("help/" + name + ".txt")
	if err != nil {
		panic(err) // the text is part of the program
	}
	return string(text)
}

// printHelp prints the help of a command: its usage, what it is about, and its flags or commands.
func printHelp(w io.Writer, _ string, data any) {
	c := data.(*cli.Command) // all that package cli prints help of
	var rows [][2]string     // a command or a flag, and what it does
	usage := "usage: " + c.FullName()
	if len(c.Flags) > 1 { // -h is one
		usage += " [FLAGS]"
	}
	usage = strings.TrimSpace(usage + " " + c.ArgsUsage)
	fmt.Fprintf(w, "%s\n\n%s\n\n", usage, strings.TrimSpace(cmp.Or(c.Description, c.Usage)))
	for _, sub := range c.VisibleCommands() {
		rows = append(rows, [2]string{sub.Name, sub.Usage})
	}
	names := flags(c)
	for i, f := range c.VisibleFlags() {
		value, text := placeholder(f)
		rows = append(rows, [2]string{strings.TrimSpace(names[i] + " " + value), text})
	}
	width := 14
	for _, row := range rows {
		width = max(width, len(row[0])+1)
	}
	for _, row := range rows {
		fmt.Fprintln(w, wrap.Prose(fmt.Sprintf("  %-*s ", width, row[0]), strings.Repeat(" ", width+3), row[1]))
	}
}

// flags returns the names of the flags of a command.
func flags(c *cli.Command) (names []string) {
	for _, f := range c.VisibleFlags() {
		all := f.Names()
		names = append(names, dash(all[len(all)-1])) // -h, not -help
	}
	return names
}

// showCommandHelp prints the help of a command of c, or of c itself if it has none, or takes a folder, too:
// the name is that of a folder then, or a file or a formula, which stands before or behind -h.
func showCommandHelp(_ context.Context, c *cli.Command, name string) error {
	shown := c
	if sub := c.Command(name); sub != nil {
		shown = sub
	} else if len(c.Commands) > 0 && !strings.HasPrefix(c.ArgsUsage, "DIR") {
		return noCommand(c)
	}
	printHelp(c.Root().Writer, "", shown)
	return nil
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
	c.Description = about("completion")
}
