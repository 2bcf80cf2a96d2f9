package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/source"
)

func goCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "go", Usage: "write the output and its gradient out as Go",
		Description: about("go"),
		Flags: []cli.Flag{
			ofFlag(),
			&cli.StringFlag{Name: "o", Usage: "the `FILE` to write; if not given, standard output"},
			&cli.StringFlag{
				Name: "package", Usage: "the `NAME` of the package; if not given, generated", Value: "generated",
			},
			&cli.StringFlag{
				Name: "func", Usage: "the `NAME` of the function; if not given, Gradient", Value: "Gradient",
			},
			&cli.BoolFlag{Name: "test", Usage: "write a test, which needs gradus, beside the file of -o"},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		file := c.String("o")
		g := source.Go{
			Package: c.String("package"), Func: c.String("func"),
			Origin: "From the formulas:\n\n" + tabbed(p.String()) + "\nby gradus go.",
		}
		inputs := p.Inputs
		if g.Params = p.Parameters; len(p.Parameters) == 0 { // as gradus derive does
			g.Params, inputs = p.Inputs, nil
		}
		text, err := g.Graph(p.Root, inputs...)
		if err != nil {
			return ofFlags(err)
		}
		if file == "" {
			if c.Bool("test") {
				return fmt.Errorf("-test: the test is written beside a file; want -o FILE, too")
			}
			_, err := w.Write(text)
			return failed(err)
		}
		test, isGo := strings.CutSuffix(file, ".go")
		if !isGo || strings.HasSuffix(test, "_test") {
			return fmt.Errorf("-o: %s: want the name of a file that ends in .go and not in _test.go", file)
		}
		if err := program.Writable(file); err != nil || !c.Bool("test") {
			return failed(cmp.Or(err, wholefile.Write(file, text)))
		}
		return writeTest(g, p.Root, inputs, file, test+"_test.go", text)
	})
}

// ofFlags returns an error of package source with the name of the flag for that of the field.
func ofFlags(err error) error {
	for field, flag := range map[string]string{"Package": "-package", "Func": "-func"} {
		if says, ok := strings.CutPrefix(err.Error(), "source: "+field+" is "); ok {
			return fmt.Errorf("%s: the name is %s", flag, says)
		}
	}
	return err
}

// writeTest writes a generated file and its test.
func writeTest(
	g source.Go, root *gradus.Value, inputs []*gradus.Value, file, test string, text []byte,
) error {
	testText, err := g.Test(root, inputs...)
	if err != nil {
		return err
	}
	if err := program.Writable(test); err != nil {
		return failed(err)
	}
	return failed(errors.Join(wholefile.Write(file, text), wholefile.Write(test, testText)))
}

// tabbed returns lines that stand apart from prose.
func tabbed(lines string) string {
	return "\t" + strings.ReplaceAll(strings.TrimSpace(lines), "\n", "\n\t") + "\n"
}
