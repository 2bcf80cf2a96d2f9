package tidy

import (
	"fmt"
	"os"
)

// Main runs the tests of a package with a new folder for temporary files, and removes it after them. The
// programs that they run, such as the examples and a browser, leave theirs in it. It is what TestMain calls:
//
//	func TestMain(m *testing.M) { os.Exit(tidy.Main(m)) }
func Main(m interface{ Run() int }) int {
	folder, err := os.MkdirTemp("", "tests")
	if err != nil {
		fmt.Fprintln(os.Stderr, "tidy:", err)
		return 1
	}
	defer func() { _ = os.RemoveAll(folder) }() // what is left does no harm
	if err := os.Setenv("TMPDIR", folder); err != nil {
		fmt.Fprintln(os.Stderr, "tidy:", err)
		return 1
	}
	return m.Run()
}
