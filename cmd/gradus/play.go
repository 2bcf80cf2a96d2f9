package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"

	"github.com/cli/browser"
	"github.com/urfave/cli/v3"

	"github.com/gradus-go/gradus/internal/program"
	"github.com/gradus-go/gradus/internal/program/progress"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/play"
)

func playCommand() *cli.Command {
	return &cli.Command{
		Name: "play", Usage: "open the playground, a page in the browser",
		Description: about("play"),
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "o", Usage: "the `FILE` to write the page in, in place of opening it"},
			&cli.BoolFlag{Name: "quiet", Usage: "serve the page, and do not open the browser"},
		},
		Action: func(ctx context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return fmt.Errorf("%s: want no argument; -o FILE writes the page into a file", c.Args().First())
			}
			ctx, stop := signal.NotifyContext(ctx, os.Interrupt)
			defer stop()
			file := c.String("o")
			if err := program.Writable(file); err != nil {
				return failed(err)
			}
			compiled := progress.Waiting(c.Root().ErrWriter, "compiling the engine, which may take a minute")
			page, err := play.Page(ctx, "")
			compiled()
			if err != nil {
				return failed(err)
			}
			if file != "" {
				return failed(wholefile.Write(file, page))
			}
			return failed(play.Serve(ctx, page, func(address string) {
				fmt.Fprintf(c.Root().Writer, "The playground is at %s. Ctrl-C ends it.\n", address)
				if !c.Bool("quiet") && browser.OpenURL(address) != nil {
					fmt.Fprintln(c.Root().Writer, "Open this address in a browser.")
				}
			}))
		},
	}
}
