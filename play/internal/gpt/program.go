package gpt

import (
	_ "embed" // for the text of a program
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/internal/recipe"
)

var (
	// program is the text of a program, with verbs for the settings, but for the model.
	//
	//go:embed program.txt
	program string
	// modelSource is the model, with its own imports.
	//
	//go:embed model.go
	modelSource string
)

// Program returns a Go program that trains the same model, prints its losses and makes up names.
func Program(a Asked) (string, error) {
	c, err := names()
	if err != nil {
		return "", err
	}
	p, err := a.plan(len(c.Letters))
	if err != nil {
		return "", err
	}
	t, err := temperature(a.Temperature)
	if err != nil {
		return "", err
	}
	_, model, _ := strings.Cut(modelSource, "\n)\n") // which ends the imports
	return fmt.Sprintf(program, p.steps, p.batch, p.rate, t, p.seed,
		p.Width, p.Heads, p.Layers, p.Context, recipe.Samples) + model, nil
}
