package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

func torchCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "torch", Usage: "write the formulas for PyTorch, with a script that trains the parameters",
		Description: about("torch"),
		Flags: []cli.Flag{
			ofFlag(), &cli.StringFlag{
				Name: "o", Usage: "the `FILE.py` to write, and two more beside it; if not given, print the module",
			},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		recorded, err := replay.Record(p.Root, p.Inputs...)
		if err != nil {
			return err
		}
		file := c.String("o")
		if file == "" {
			text, err := torch.Module(recorded)
			fmt.Fprint(w, text)
			return err
		}
		base, isPython := strings.CutSuffix(file, ".py")
		if !isPython {
			return fmt.Errorf("%s: the ending is %q, want .py", file, filepath.Ext(file))
		}
		for _, ending := range []string{".py", "_train.py", ".npz"} {
			if err := program.Writable(base + ending); err != nil {
				return failed(err)
			}
		}
		if err := torch.Write(file, recorded); err != nil {
			return err
		}
		fmt.Fprintf(w, "The module is in %s, its parameters are in %s.npz.\n"+
			"Train it: python3 %s_train.py SAMPLES.csv\n", file, base, base)
		return nil
	})
}
