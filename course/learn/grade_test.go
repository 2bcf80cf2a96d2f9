package learn_test

import (
	"context"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/course/grade"
	"github.com/gradus-go/gradus/course/learn"
)

// A class is graded as a table, and in files for other programs.
func TestGrade(t *testing.T) {
	dir, checkout, _ := written(t)
	s := student{t, dir}
	s.answers("1-line", line)
	s.answers("1-second-weight", "dL/dy = t − y\ndL/dW2 = dL/dy·a\ndL/db2 = dL/dy\n")
	files := t.TempDir()
	in := func(name string) string { return filepath.Join(files, name) }
	g, ctx := grade.Grader{Checkout: checkout}, context.Background()
	var out strings.Builder
	all := learn.Files{CSV: in("csv"), JSON: in("json"), Classroom: in("classroom")}
	err := learn.Grade(ctx, &out, g, all, dir)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "\nAnna's course  ✓·") || !strings.Contains(out.String(), " ✗·") {
		t.Errorf("the table is\n%s", &out)
	}
	for name, want := range map[string]string{
		"csv":       "\nAnna's course,1,1,",
		"json":      `"message": "dL/dy = t − y is wrong\n`,
		"classroom": `"status":"fail"`,
	} {
		text, err := os.ReadFile(in(name))
		if err != nil {
			t.Fatal(err)
		}
		if name == "classroom" {
			if text, err = base64.StdEncoding.DecodeString(strings.TrimSpace(string(text))); err != nil {
				t.Error(err)
			}
		}
		if !strings.Contains(string(text), want) {
			t.Errorf("%s is\n%s\nwant %q", name, text, want)
		}
	}
	for _, tt := range []struct {
		name  string
		files learn.Files
		dirs  []string
		want  string
	}{
		{"no folders", learn.Files{}, nil, "want the folders of learners"},
		{"no such folder", learn.Files{}, []string{in("nobody")}, "nobody: no such file"},
		{"a file", learn.Files{}, []string{in("csv")}, "csv is not a folder"},
		{"nowhere to write", learn.Files{CSV: in("no/such/file")}, []string{files}, "no/such"},
		{"two in a classroom", learn.Files{Classroom: in("two")}, []string{files, files}, "one learner at a time"},
	} {
		out.Reset()
		err := learn.Grade(ctx, &out, g, tt.files, tt.dirs...)
		if tt.files == (learn.Files{}) && out.Len() > 0 {
			t.Errorf("%s: it prints\n%s", tt.name, &out)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: error %v, want %q", tt.name, err, tt.want)
		}
	}
	if _, err := os.Stat(in("two")); err == nil {
		t.Error("there is a file for a class of two in a classroom")
	}
	defer func() {
		if r := recover(); r != "learn: Grade with a nil Writer" {
			t.Errorf("without a Writer: %v", r)
		}
	}()
	_ = learn.Grade(ctx, nil, g, learn.Files{}, dir)
}
