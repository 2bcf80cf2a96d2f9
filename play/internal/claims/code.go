package claims

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/chain"
	"github.com/gradus-go/gradus/internal/claim"
	"github.com/gradus-go/gradus/play/internal/written"
	"github.com/gradus-go/gradus/show"
)

// A Text is a program, a command, lines, or HTML.
type Text struct {
	Text string `json:"text"`
}

// answered returns the lines that have an answer which can be read, and the name of the result.
func (a Asked) answered() (all []claim.Line, of string, err error) {
	texts, err := a.texts()
	if err != nil {
		return nil, "", err
	}
	p, err := read(a.F)
	if err != nil {
		return nil, "", err
	}
	lines, _ := claim.Check(p.Root, p.Graph, texts)
	for _, l := range lines {
		if l.State != claim.Blank && l.State != claim.Open && l.State != claim.Bad {
			all = append(all, l)
		}
	}
	if all == nil {
		err = errors.New("no line has an answer yet that can be read")
	}
	return all, p.Root.Name(), err
}

// Command returns the command that checks the same lines in a terminal.
func Command(a Asked) (Text, error) {
	all, _, err := a.answered()
	args := []string{strings.TrimSpace(a.F)}
	for _, l := range all {
		args = append(args, l.Name+" = "+l.Formula)
	}
	return Text{written.Shell("gradus check", args...)}, err
}

// Go returns a program that checks the same lines with package gradcheck.
func Go(a Asked) (Text, error) {
	all, of, err := a.answered()
	lines := ""
	for _, l := range all {
		lines += fmt.Sprintf("\t\t%s: %s,\n", strconv.Quote(l.Name), quoted(l.Formula))
	}
	return Text{fmt.Sprintf(program, quoted("\n"+strings.TrimSpace(a.F)+"\n"), of, lines)}, err
}

const program = `// This program checks derivatives that were derived by hand.
package main

import (
	"fmt"
	"log"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/gradcheck"
)

func main() {
	g, err := formula.Read(%s)
	if err != nil {
		log.Fatal(err)
	}
	findings, err := gradcheck.CheckDerivation(g.Value(%q), gradcheck.Derivation{
%s	})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Print(findings)
}
`

// quoted returns a text as a string of Go.
func quoted(text string) string {
	isPlain := strconv.CanBackquote(strings.NewReplacer("\n", "", "\t", "").Replace(text))
	if strings.Contains(text, "\n") && isPlain {
		return "`" + text + "`"
	}
	return strconv.Quote(text)
}

// Exercise returns the lines without their answers.
func Exercise(a Asked) (Text, error) {
	var all []string
	for text := range strings.SplitSeq(a.D, "\n") {
		if left := claim.Without(text); left != "" {
			all = append(all, left)
		}
	}
	if all == nil {
		return Text{}, errors.New("there is no line to make an exercise of; want one such as dL/dw =")
	}
	return Text{strings.Join(all, "\n")}, nil
}

// Sought is formulas, and the name of a derivative.
type Sought struct {
	F    string `json:"f"`
	Name string `json:"name"`
}

// Answer returns how a derivative is derived, in MathML.
func Answer(s Sought) (Text, error) {
	p, err := read(s.F)
	if err != nil {
		return Text{}, err
	}
	c := chain.New(p.Root)
	key, err := c.Read(s.Name)
	if err != nil {
		return Text{}, err
	}
	if len(key.By) > 1 {
		return Text{}, fmt.Errorf("%s is a higher derivative, for which there is no derivation to show", s.Name)
	}
	d, err := show.Derive(c.Named[key.Of], c.Named[key.By[0]])
	if err != nil {
		return Text{}, err
	}
	return Text{d.MathML()}, nil
}
