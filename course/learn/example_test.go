package learn_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/course/grade"
	"github.com/gradus-go/gradus/course/learn"
)

// inCourse calls a function in a learner's folder, with the folder of the source.
func inCourse(f func(checkout string)) {
	checkout, err := filepath.Abs("../..")
	must(err)
	dir, err := os.MkdirTemp("", "course")
	must(err)
	defer func() { must(os.RemoveAll(dir)) }()
	_, err = course.Write(dir, checkout)
	must(err)
	here, err := os.Getwd()
	must(err)
	must(os.Chdir(dir))
	defer func() { must(os.Chdir(here)) }()
	f(checkout)
}

// lesson returns a lesson in this folder, with an answer.
func lesson(name, answer string) learn.Lesson {
	l, err := learn.Open(os.Stdout, ".", name)
	must(err)
	if answer != "" {
		must(os.WriteFile(filepath.Join(l.Exercise.Name, l.Exercise.File()), []byte(answer), 0o666))
	}
	return l
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func ExampleWrite() {
	inCourse(func(checkout string) { must(learn.Write(os.Stdout, ".", checkout)) })
	// Output:
	// . has the whole course already. Nothing was changed.
}

func ExampleOpen() {
	inCourse(func(string) {
		l, err := learn.Open(os.Stdout, ".", "second-weight")
		fmt.Println(l.Exercise.Name, err)
	})
	// Output:
	// 2-chain-rule/1-second-weight <nil>
}

func ExampleLesson() {
	inCourse(func(string) {
		l := lesson("", "")
		fmt.Println(l.Exercise.Name)
		l.Terminal = true // for bold text and colours
	})
	// Output:
	// 1-slopes/1-line
}

func ExampleLesson_Next() {
	inCourse(func(string) {
		l := lesson("", "")
		l.Folder.Chapters = l.Folder.Chapters[:1]
		l.Folder.Chapters[0].Exercises = l.Folder.Chapters[0].Exercises[:1]
		must(l.Skip())
		l.Exercise = l.Folder.Next() // there is none
		must(l.Next())
	})
	// Output:
	// 1-slopes/1-line is skipped. You can come back to it by its name.
	// You have come to the end of the course. 0 of 1 exercises are solved, and 1
	// skipped.
}

func ExampleLesson_Check() {
	inCourse(func(string) {
		l := lesson("1-line", "dy/dx = w\ndy/dw = x\ndy/db = 1\n")
		l.Folder.Chapters = l.Folder.Chapters[:1]
		l.Folder.Chapters[0].Exercises = l.Folder.Chapters[0].Exercises[:1]
		must(l.Check(context.Background()))
		fmt.Println()
		err := lesson("1-second-weight", "dL/dy = t − y\ndL/dW2 = a\ndL/db2 = 1\n").Check(context.Background())
		fmt.Println(err)
	})
	// Output:
	// The slope of a line                                              1-slopes/1-line
	//
	// ✓ dy/dx = w is right
	// ✓ dy/dw = x is right
	// ✓ dy/db = 1 is right
	//
	// 1-slopes/1-line is solved.
	//   why         go tool gradus learn explain 1-slopes/1-line
	//
	// The second weight                                   2-chain-rule/1-second-weight
	//
	// ✗ dL/dy = t − y is wrong
	//   with the numbers of the text it is 0.622459, and should be -0.622459
	//   first wrong factor: ∂L/∂y; what would explain it:
	//     ∂L/∂y: wrong sign
	// not right yet: change 2-chain-rule/1-second-weight/answer.txt, or ask for a hint
}

func ExampleLesson_Watch() {
	inCourse(func(string) {
		ctx, end := context.WithTimeout(context.Background(), 10*time.Millisecond) // or Ctrl-C
		defer end()
		fmt.Print(lesson("1-line", "").Watch(ctx, time.Millisecond))
	})
	// Output:
	// Your file is checked each time that you save it. Ctrl-C ends this.
	//   1-slopes/1-line/answer.txt
	//
	// <nil>
}

func ExampleLesson_Hint() {
	inCourse(func(string) { must(lesson("1-line", "").Hint()) })
	// Output:
	// Hint 1 of 3                                                      1-slopes/1-line
	//
	// Take paper and compute y for x = 2 and for x = 3. Then do it again with other
	// numbers for w and b. On which of them does the growth of y depend?
}

func ExampleLesson_Explain() {
	inCourse(func(string) { fmt.Println(lesson("1-line", "").Explain()) })
	// Output:
	// 1-slopes/1-line is not solved yet, so its solution is not shown; "gradus learn hint" helps
}

func ExampleLesson_SetFast() {
	inCourse(func(string) {
		l := lesson("", "")
		l.Folder.Chapters = l.Folder.Chapters[:1]
		l.Folder.Chapters[0].Exercises = l.Folder.Chapters[0].Exercises[2:3] // which is not on the fast track
		must(l.SetFast(true))
	})
	// Output:
	// You have come to the end of the course. 0 of 1 exercises are solved.
	// "gradus learn next -all" shows those that the fast track leaves out.
}

func ExampleLesson_List() {
	inCourse(func(string) {
		l := lesson("", "")
		l.Folder.Chapters = l.Folder.Chapters[1:2]
		l.Folder.Chapters[0].Exercises = l.Folder.Chapters[0].Exercises[:1]
		must(l.List())
	})
	// Output:
	// The chain rule by hand                                                90 minutes
	//   → 1-second-weight        The second weight
	//
	// 0 of 1 are solved.
}

func ExampleLesson_Skip() {
	inCourse(func(string) { must(lesson("1-line", "").Skip()) })
	// Output:
	// 1-slopes/1-line is skipped. You can come back to it by its name.
}

func ExampleLesson_Reset() {
	inCourse(func(string) { must(lesson("1-line", "dy/dx = 1").Reset()) })
	// Output:
	// 1-slopes/1-line/answer.txt is as it was at first.
	// Yours is kept as answer.1.txt.
}

func ExampleGrade() {
	inCourse(func(checkout string) {
		err := learn.Grade(context.Background(), os.Stdout, grade.Grader{Checkout: checkout}, learn.Files{})
		fmt.Println(err)
	})
	// Output:
	// want the folders of learners, as in gradus learn grade class/*
}

func ExampleFiles() {
	files := learn.Files{CSV: "class.csv", JSON: "class.json"}
	fmt.Println(files.CSV, files.JSON)
	// Output:
	// class.csv class.json
}
