package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/urfave/cli/v3"
)

func versionCommand() *cli.Command {
	return &cli.Command{
		Name: "version", Usage: "print the version",
		Description: `Version prints the version of gradus, the commit that it was built from, and the
version of Go. For example:

    gradus version`,
		Action: func(_ context.Context, c *cli.Command) error {
			if c.Args().Present() {
				return fmt.Errorf("version takes no argument, and %q is one", c.Args().First())
			}
			info, _ := debug.ReadBuildInfo()
			fmt.Fprintf(c.Root().Writer, "gradus %s, built with %s for %s/%s\n",
				version(info), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// version returns the version of the module, and the commit if it is known.
func version(info *debug.BuildInfo) string {
	if info == nil || info.Main.Version == "" {
		return "(unknown version)"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return info.Main.Version + ", commit " + s.Value[:12]
		}
	}
	return info.Main.Version
}
