package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/picture"
	"github.com/gradus-go/gradus/internal/program"
)

// pictureFlag is the flag for the file of a chart.
func pictureFlag(of string) cli.Flag {
	return &cli.StringFlag{Name: "o", Usage: "the `FILE` for a picture of " + of + ", .png or .svg"}
}

// canSave returns an error if the file of a chart has an ending that is not known, or cannot be written.
func canSave(file string) error {
	ending := strings.ToLower(filepath.Ext(file))
	if file != "" && ending != ".png" && ending != ".svg" {
		return fmt.Errorf("%s: the ending is %q, want .png or .svg", file, ending)
	}
	return failed(program.Writable(file))
}

// save draws a chart into a file, if it has a name.
func save(file string, d picture.Drawing) error {
	if file == "" {
		return nil
	}
	return failed(d.Save(file))
}
