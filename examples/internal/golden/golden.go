package golden

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

var update = flag.Bool("update", false, "write the golden files in testdata instead of comparing")

// Compare runs the program in a new folder and returns what it prints. The test fails if the
// exit status is not 0, if stderr is not empty, if a line is wider than a terminal of 80
// columns, or if the output differs, by the rule, from the file of this name in testdata. The
// arguments are separated by spaces.
func (p Program) Compare(t *testing.T, args, file string, rule Rule) string {
	t.Helper()
	file, err := filepath.Abs(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	out, err := p.compare(args, file, rule)
	if err != nil {
		t.Error(err)
	}
	return out
}

func (p Program) compare(args, file string, rule Rule) (string, error) {
	var stdout, stderr strings.Builder
	status := p(strings.Fields(args), &stdout, &stderr)
	if status != 0 || stderr.Len() > 0 {
		return "", fmt.Errorf("exit status %d, want 0; stderr: %s", status, &stderr)
	}
	out := stdout.String()
	return out, errors.Join(checkWidth(out), compareFile(file, rule, out))
}

func checkWidth(output string) (err error) {
	for line := range strings.Lines(output) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > wrap.Columns {
			err = errors.Join(err, fmt.Errorf("this line has %d columns, want at most %d: %s", n, wrap.Columns, line))
		}
	}
	return err
}

func compareFile(file string, rule Rule, got string) error {
	if *update {
		return os.WriteFile(file, []byte(got), 0o644)
	}
	want, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if diff := rule(string(want), got); diff != "" {
		return fmt.Errorf("output differs from %s (-want +got):\n%s", file, diff)
	}
	return nil
}
