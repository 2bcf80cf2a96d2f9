package platform

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
)

// Heading returns the lines that stand above a table in Markdown: the command with the flags for the
// linker and its arguments, the machine and the versions of Go and gonum, and the text about Python, unless
// that is "".
func Heading(program string, args []string, python string) string {
	if python != "" {
		python = "  \n" + python // two spaces end a line in Markdown
	}
	return fmt.Sprintf("    %s\n\n%s%s\n", command(setting("-ldflags"), program, args), describe(), python)
}

// Number shows three digits of a small number, and of a large one those before the point: more
// than these is not reproducible.
func Number(x float64) string {
	if x >= 100 || x == 0 {
		return fmt.Sprintf("%.0f", x)
	}
	return fmt.Sprintf("%.3g", x)
}

// command returns what was typed to run the program with these flags for the linker and these arguments.
func command(linker, program string, args []string) string {
	words := []string{"go run", "./bench/" + program}
	if linker != "" {
		words = []string{"go run", "-ldflags=" + linker, "./bench/" + program}
	}
	return strings.Join(append(words, args...), " ")
}

// describe names the processor, the operating system, and the versions of Go and gonum.
func describe() string {
	parts := []string{
		processor(), fmt.Sprint(runtime.GOMAXPROCS(0), " cores"), runtime.GOOS + "/" + runtime.GOARCH,
		runtime.Version(),
	}
	if v := setting("GOAMD64"); v != "" {
		parts = append(parts, "GOAMD64="+v)
	}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "gonum.org/v1/gonum" {
				parts = append(parts, "gonum "+m.Version)
			}
		}
	}
	return strings.Join(parts, ", ")
}

// setting returns what the program was built with, or "" if that is not known.
func setting(key string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == key {
				return s.Value
			}
		}
	}
	return ""
}

// processor returns the model of the processor, as Linux knows it.
func processor() string {
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
