// Package platform says what the numbers of a benchmark depend on.
package platform

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// Describe names the processor, the system, and the versions of Go and gonum.
func Describe() string {
	parts := []string{
		cpu(), fmt.Sprint(runtime.GOMAXPROCS(0), " cores"), runtime.GOOS + "/" + runtime.GOARCH,
		runtime.Version(),
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "GOAMD64" {
				parts = append(parts, "GOAMD64="+s.Value)
			}
		}
		for _, m := range info.Deps {
			if m.Path == "gonum.org/v1/gonum" {
				parts = append(parts, "gonum "+m.Version)
			}
		}
	}
	return strings.Join(parts, ", ")
}

// cpu is the model if the system tells.
func cpu() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "unknown CPU"
	}
	defer f.Close() //nolint:errcheck // it was only read
	for lines := bufio.NewScanner(f); lines.Scan(); {
		key, model, _ := strings.Cut(lines.Text(), ":")
		if strings.TrimSpace(key) == "model name" {
			return strings.TrimSpace(model)
		}
	}
	return "unknown CPU"
}
