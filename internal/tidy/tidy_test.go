package tidy

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// left is the file that a test has left behind.
var left string

func TestMain(m *testing.M) {
	code := Main(m)
	if _, err := os.Stat(filepath.Dir(filepath.Dir(left))); !os.IsNotExist(err) {
		fmt.Printf("%s is still there: %v\n", left, err)
		code = 1
	}
	os.Exit(code)
}

func TestLeaveFile(t *testing.T) {
	folder, err := os.MkdirTemp("", "program") //nolint:usetesting // as a program does
	if err != nil {
		t.Fatal(err)
	}
	left = filepath.Join(folder, "picture.png")
	if err := os.WriteFile(left, nil, 0o600); err != nil {
		t.Fatal(err)
	}
}
