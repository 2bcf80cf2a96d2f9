package course

import (
	"os"
	"strconv"
	"strings"
	"testing"
)

// The message in the README is what the exercise says.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(text), "\n```\n")
	want, _, _ := strings.Cut(after, "\n```\n")
	e, err := find("2-first-weight")
	if err != nil {
		t.Fatal(err)
	}
	answer := strings.Replace(e.Solution(), "dL/dz = dL/da · a(1 − a)", "dL/dz = (y − t)·W2", 1)
	got, _ := e.check(answer).FirstWrong()
	if got.Text != want {
		t.Errorf("got\n%s\nwant\n%s", got.Text, want)
	}
}

// The README has a row for each chapter, with its title and how long it takes.
func TestReadmeChapters(t *testing.T) {
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	chapters, err := Chapters()
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range chapters {
		begin, end := "\n| "+c.Name[:1]+". "+c.Title+" | ", " | "+strconv.Itoa(c.Minutes)+" |\n"
		_, row, found := strings.Cut(string(text), begin)
		if row, _, _ = strings.Cut(row, "\n"); !found || !strings.HasSuffix(row+"\n", end) {
			t.Errorf("chapter %d has no row %q … %q", i+1, begin, end)
		}
	}
}
