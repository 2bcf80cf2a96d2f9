package main

import (
	"fmt"
	"io"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/claim"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

func checkCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "check", Usage: "find the mistake in derivatives by hand",
		ArgsUsage:   "FORMULAS... DERIVATIVES... [NAME=NUMBER]...",
		Description: about("check"),
		Flags:       []cli.Flag{ofFlag()},
	}, func(_ *cli.Command, w io.Writer, p *problem) error {
		d, err := claim.Derivation(p.claims, p.Graph)
		if err != nil {
			return err
		}
		if err := p.Finite(); err != nil {
			return err
		}
		findings, err := gradcheck.CheckDerivation(p.Root, d)
		if err != nil {
			return claim.Placed(err, p.claims)
		}
		wrong := 0
		for _, f := range findings {
			fmt.Fprintln(w, wrap.Message(f.String()))
			if !f.OK {
				wrong++
			}
		}
		if wrong > 0 {
			err = failure{fmt.Errorf("%d of %d derivatives are not right", wrong, len(findings))}
		}
		return err
	})
}
