package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/picture/raster"
	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/show"
)

func graphCommand() *cli.Command {
	return onFormulas(&cli.Command{
		Name: "graph", Usage: "draw the graph, in the terminal or into a file",
		Description: about("graph"),
		Flags: []cli.Flag{
			ofFlag(),
			&cli.BoolFlag{Name: "all", Usage: "draw every operation, not just the values that have names"},
			&cli.StringFlag{
				Name: "o",
				Usage: "the `FILE` to write; its ending says how: .svg, .png, .dot, .mmd, .tex, .txt, or .html for " +
					"a page that steps through the graph",
			},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		file := c.String("o")
		if file == "" {
			return drawTree(w, p.Root, c.Bool("all"), screenWidth())
		}
		ending := strings.ToLower(filepath.Ext(file))
		if err := show.CanSave(file); err != nil && ending != ".png" {
			return fmt.Errorf("%w, or .png", err)
		}
		draw, fold := drawings[ending], show.FoldAuto
		if c.Bool("all") {
			if fold = show.FoldNothing; draw == nil {
				return fmt.Errorf("-all: %s: want a file that ends in .svg, .png, .dot or .mmd", file)
			}
		}
		if err := program.Writable(file); err != nil {
			return failed(err)
		}
		if draw == nil {
			return failed(show.Save(file, p.Root))
		}
		picture, err := draw(p.Root, fold)
		if err == nil {
			err = wholefile.Write(file, picture)
		}
		return failed(err)
	})
}

// drawings has the functions that draw a graph, by the endings of files.
var drawings = map[string]func(*gradus.Value, show.Fold) ([]byte, error){
	".svg": func(root *gradus.Value, f show.Fold) ([]byte, error) { return show.SVG(root, f), nil },
	".png": func(root *gradus.Value, f show.Fold) ([]byte, error) { return raster.PNG(show.SVG(root, f)) },
	".dot": func(root *gradus.Value, f show.Fold) ([]byte, error) { return []byte(show.DOT(root, f)), nil },
	".mmd": func(root *gradus.Value, f show.Fold) ([]byte, error) { return []byte(show.Mermaid(root, f)), nil },
}
