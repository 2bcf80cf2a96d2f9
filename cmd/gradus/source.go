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

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/finite"
)

// A problem is what the arguments of a command describe: a graph, the value that is derived, and those by
// which it is.
type problem struct {
	*formula.Graph
	root *gradus.Value
	by   []*gradus.Value

	claims []claim // derivatives that stand among the formulas, for check
	data   table   // of -data, for fit
}

// ofFlag and byFlag are flags that onFormulas reads.
func ofFlag() cli.Flag {
	return &cli.StringFlag{Name: "of", Usage: "the `NAME` of the value to derive; if not given, the last result"}
}

func byFlag(usual string) cli.Flag {
	return &cli.StringFlag{
		Name: "by", Usage: "the `NAMES` of the values by which, as in W2,b2; if not given, " + usual,
	}
}

// onFormulas completes a command that has formulas for arguments. It runs run with the output and the problem
// that they are.
func onFormulas(c *cli.Command, run func(c *cli.Command, w io.Writer, p *problem) error) *cli.Command {
	c.ArgsUsage = cmp.Or(c.ArgsUsage, "FORMULAS... [NAME=NUMBER]...")
	c.Description += "\n" + about("formulas")
	c.Action = func(_ context.Context, c *cli.Command) error {
		texts, err := readAll(c.Args().Slice(), c.Root().Reader)
		if err != nil {
			return err
		}
		data, err := readTable(c.String("data"), c.Root().Reader)
		if err != nil {
			return err
		}
		claims := takeClaims(texts)
		p, err := solve(numbersLast(append(texts, data.first())), c.String("of"), c.String("by"))
		if err != nil {
			return err
		}
		if err := p.mustUse(c.Args().Slice()); err != nil {
			return err
		}
		p.claims, p.data = claims, data
		return run(c, c.Root().Writer, p)
	}
	return c
}

// readAll returns the texts that the arguments are or name.
func readAll(args []string, stdin io.Reader) (texts []string, err error) {
	if len(args) == 0 {
		return nil, errors.New("there is no formula; want one such as 'y = 2x + 1', a file, " +
			"or - for standard input")
	}
	for _, arg := range args {
		text := []byte(arg)
		if !strings.Contains(arg, "=") {
			if text, err = readFile(arg, stdin); os.IsNotExist(err) {
				return nil, fmt.Errorf("there is no file %q; want a file, a formula in quotes such as 'y = 2*x + 1', "+
					"or a number without spaces such as x=3", arg)
			} else if err != nil {
				return nil, err
			}
		}
		texts = append(texts, string(text))
	}
	return texts, nil
}

// readFile returns what is in a file, or on standard input if the name is "-".
func readFile(name string, stdin io.Reader) ([]byte, error) {
	if name == "-" {
		return io.ReadAll(stdin)
	}
	return os.ReadFile(name)
}

// numbersLast puts the texts that define numbers alone behind the others, so that the numbers take the place
// of those that the others have.
func numbersLast(texts []string) []string {
	var formulas, numbers []string
	for _, text := range texts {
		g, err := formula.Read(text)
		if err == nil && len(g.Names()) == len(g.Inputs)+len(g.Parameters)+len(g.Constants) {
			numbers = append(numbers, text)
		} else {
			formulas = append(formulas, strings.TrimSuffix(text, "\n"))
		}
	}
	return append(formulas, numbers...)
}

// mustUse returns an error if an argument is a number with a name that no formula has: the name is misspelt.
// Files may have more numbers than are used.
func (p *problem) mustUse(args []string) error {
	used := map[*gradus.Value]bool{}
	for _, result := range p.Results {
		for _, v := range gradus.Topo(result) {
			used[v] = true
		}
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

// finite returns an error if the number of the result or a derivative is not finite.
func (p *problem) finite() error {
	for _, v := range p.by {
		if !finite.All(p.root.Data, v.Grad) {
			return fmt.Errorf("%[1]s is %[2]v, and d%[1]s/d%[3]s is %[4]v; want numbers at which both are finite",
				p.root.Name(), p.root.Data, v.Name(), v.Grad)
		}
	}
	return nil
}

// kind returns what a value of a graph is called.
func kind(g *formula.Graph, v *gradus.Value) string {
	switch {
	case v.Op() != nil:
		return "formula"
	case v.IsConst():
		return "constant"
	case slices.Contains(g.Inputs, v):
		return "input"
	}
	return "parameter"
}

// solve reads texts and finds the values of the two flags. Without a name, of is the last result, and by are
// the parameters on which it depends, or else the inputs.
func solve(texts []string, of, by string) (*problem, error) {
	g, err := formula.Read(texts...)
	if err != nil {
		return nil, err
	}
	if len(g.Results) == 0 {
		return nil, fmt.Errorf("there are numbers, but no formula; want one such as y = 2x + 1")
	}
	p := &problem{Graph: g, root: g.Results[len(g.Results)-1]}
	if of != "" {
		if p.root = g.Value(of); p.root == nil {
			return nil, fmt.Errorf("-of: %s is not defined; the names are %s", of, strings.Join(g.Names(), ", "))
		}
	}
	if p.root.Op() == nil {
		return nil, fmt.Errorf("-of: %s is a number; want the name of a formula", of)
	}
	p.root.Backward()
	if by != "" {
		return p, p.find(by)
	}
	for _, p.by = range [][]*gradus.Value{g.Parameters, g.Inputs} {
		p.by = slices.DeleteFunc(slices.Clone(p.by), func(v *gradus.Value) bool { return !v.HasGrad() })
		if len(p.by) > 0 {
			return p, nil
		}
	}
	return nil, fmt.Errorf("%s depends on no number with a name; want one such as x in y = 2x", p.root.Name())
}

// find sets by to the values with the names in a list.
func (p *problem) find(list string) error {
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		switch v := p.Value(name); {
		case v == nil:
			return fmt.Errorf("-by: %s is not defined; the names are %s", name, strings.Join(p.Names(), ", "))
		case v.IsConst():
			return fmt.Errorf("-by: %s is a constant; nothing is differentiated with respect to it", name)
		case !v.HasGrad():
			return fmt.Errorf("-by: %s does not depend on %s", p.root.Name(), name)
		case !slices.Contains(p.by, v):
			p.by = append(p.by, v)
		}
	}
	return nil
}
