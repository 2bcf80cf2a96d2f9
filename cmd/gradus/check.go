package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

func checkCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "check", Usage: "find the mistake in derivatives by hand",
		ArgsUsage:   "FORMULAS... DERIVATIVES... [NAME=NUMBER]...",
		Description: about("check"),
		Flags:       []cli.Flag{ofFlag()},
	}, func(_ *cli.Command, w io.Writer, p *problem) error {
		d, err := p.derivation()
		if err != nil {
			return err
		}
		if err := p.finite(); err != nil {
			return err
		}
		findings, err := gradcheck.CheckDerivation(p.root, d)
		if err != nil {
			return err
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

// A claim is a derivative that was derived by hand.
type claim struct {
	name, right  string
	line, column int // of the right-hand side, counted from 1
	text         string
}

var comment = regexp.MustCompile(`\s*(#|//).*`)

var claimed = regexp.MustCompile(`^\s*([d∂][^\s/=]+\s*/\s*[d∂][^\s/=]+)\s*=`)

// takeClaims returns the derivatives in texts, and takes them out there.
func takeClaims(texts []string) (claims []claim) {
	for i, text := range texts {
		lines := strings.Split(text, "\n")
		for n, line := range lines {
			rest := ""
			column := 1
			for part := range strings.SplitSeq(comment.ReplaceAllString(line, ""), ";") {
				if m := claimed.FindStringSubmatch(part); m != nil {
					claims = append(claims, claim{
						strings.Join(strings.Fields(m[1]), ""), part[len(m[0]):], n + 1, column + len([]rune(m[0])), line,
					})
					part = strings.Repeat(" ", len([]rune(part)))
				}
				column += len([]rune(part)) + 1
				rest += part + ";"
			}
			lines[n] = strings.TrimSuffix(rest, ";")
		}
		texts[i] = strings.Join(lines, "\n")
	}
	return claims
}

// derivation returns the derivatives that were derived by hand, as package gradcheck takes them.
func (p *problem) derivation() (gradcheck.Derivation, error) {
	if len(p.claims) == 0 {
		return nil, errors.New("there is no derivative to check; want one such as 'dL/dw = -0.3875'")
	}
	values := map[string]*gradus.Value{}
	for _, name := range p.Names() {
		values[name] = p.Value(name)
	}
	d := gradcheck.Derivation{}
	for _, c := range p.claims {
		if d[c.name] != nil {
			return nil, fmt.Errorf("%s is given twice", c.name)
		}
		_, err := formula.Expression(c.right, values) // gradcheck reads it, too, but does not know its place
		if e := new(formula.Error); errors.As(err, &e) {
			e.Line, e.Column, e.Text = c.line, e.Column+c.column-1, c.text
			return nil, e
		}
		d[c.name] = c.right
	}
	return d, nil
}
