package main

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v3"

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
				Usage: "`FILE` to write; its ending says how: .svg, .png, .dot, .mmd, .tex, .txt, or .html for a " +
					"page that steps through the graph",
			},
		},
	}, func(c *cli.Command, w io.Writer, p *problem) error {
		file := c.String("o")
		if file == "" {
			return drawTree(w, p.Root, c.Bool("all"), screenWidth())
		}
		isPNG := strings.EqualFold(filepath.Ext(file), ".png")
		if err := show.CanSave(file); err != nil && !isPNG {
			return fmt.Errorf("%w, or .png", err)
		}
		if err := program.Writable(file); err != nil || !isPNG {
			return failed(cmp.Or(err, show.Save(file, p.Root)))
		}
		picture, err := raster.PNG(show.SVG(p.Root, show.FoldAuto))
		if err == nil {
			err = wholefile.Write(file, picture)
		}
		return failed(err)
	})
}
