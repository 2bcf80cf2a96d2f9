package learn

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/gradus-go/gradus/course/grade"
	"github.com/gradus-go/gradus/internal/wholefile"
)

// Files are the names of files into which [Grade] writes what it finds. One that is "" is not
// written.
type Files struct {
	CSV       string // the table, with a row for each learner
	JSON      string // with what is wrong with each answer, too
	Classroom string // for GitHub Classroom, of one learner; see [grade.Class.Classroom]
}

// Grade checks the folders of a class, prints a table, and writes the files.
//
// It panics if out is nil.
func Grade(ctx context.Context, out io.Writer, g grade.Grader, files Files, dirs ...string) error {
	if out == nil {
		panic("learn: Grade with a nil Writer")
	}
	if len(dirs) == 0 {
		return errors.New("want the folders of learners, as in gradus learn grade class/*")
	}
	class, err := g.Grade(ctx, dirs...)
	if err != nil {
		return err
	}
	fmt.Fprint(out, class)
	return errors.Join(write(files.CSV, class.CSV), write(files.JSON, class.JSON),
		write(files.Classroom, class.Classroom))
}

// write writes a file, or nothing if it has no name.
func write(file string, to func(w io.Writer) error) error {
	var text bytes.Buffer
	if file == "" {
		return nil
	}
	if err := to(&text); err != nil {
		return err
	}
	return wholefile.Write(file, text.Bytes())
}
