package course_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus/course"
)

// open returns a learner's folder, which the caller removes.
func open() *course.Folder {
	dir, err := os.MkdirTemp("", "course")
	must(err)
	checkout, err := course.Checkout()
	must(err)
	_, err = course.Write(dir, checkout)
	must(err)
	folder, err := course.Open(dir)
	must(err)
	return folder
}

func remove(folder *course.Folder) { must(os.RemoveAll(folder.Path)) }

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// exercise returns one of the exercises.
func exercise(name string) *course.Exercise {
	chapters, err := course.Chapters()
	must(err)
	for _, c := range chapters {
		for _, e := range c.Exercises {
			if e.Name == name {
				return e
			}
		}
	}
	panic("there is no exercise " + name)
}

func ExampleFolder_Check() {
	folder := open()
	defer remove(folder)
	e, err := folder.Find("1-second-weight")
	must(err)
	for _, answer := range []string{
		"dL/dy = t − y\ndL/dW2 = dL/dy · a\ndL/db2 = dL/dy\n",
		"dL/dy = y − t\ndL/dW2 = dL/dy · a\ndL/db2 = dL/dy\n",
	} {
		file := filepath.Join(folder.Path, e.Name, e.File())
		must(os.WriteFile(file, []byte(answer), 0o666))
		text, right, err := folder.Check(context.Background(), e)
		must(err)
		fmt.Printf("%s\nright: %t\n\n", text, right)
	}
	// Output:
	// dL/dy = t − y is wrong
	//   with the numbers of the text it is 0.622459, and should be -0.622459
	//   first wrong factor: ∂L/∂y; what would explain it:
	//     ∂L/∂y: wrong sign
	// right: false
	//
	// dL/dy = y − t is right
	// dL/dW2 = dL/dy · a is right
	// dL/db2 = dL/dy is right
	// right: true
}

func ExampleChapters() {
	chapters, err := course.Chapters()
	must(err)
	for _, c := range chapters[:2] {
		fmt.Printf("%s, %d minutes\n", c.Title, c.Minutes)
	}
	// Output:
	// Slopes, 70 minutes
	// The chain rule by hand, 90 minutes
}

func ExampleChapter() {
	chapters, err := course.Chapters()
	must(err)
	fmt.Println(chapters[1].Name, "begins with", chapters[1].Exercises[0].Title)
	// Output:
	// 2-chain-rule begins with The second weight
}

func ExampleExercise() {
	e := exercise("1-slopes/1-line")
	fmt.Println(e.Title)
	fmt.Print(e.Solution())
	// Output:
	// The slope of a line
	// dy/dx = w
	// dy/dw = x
	// dy/db = 1
}

func ExampleExercise_Text() {
	first, _, _ := strings.Cut(exercise("1-slopes/1-line").Text(), "\n")
	fmt.Println(first)
	// Output:
	// # The slope of a line
}

func ExampleExercise_File() {
	fmt.Println(exercise("1-slopes/1-line").File(), exercise("1-slopes/4-difference").File())
	// Output:
	// answer.txt answer.go
}

func ExampleExercise_HandedOut() {
	fmt.Print(exercise("1-slopes/1-line").HandedOut())
	// Output:
	// # Write a formula in place of each TODO. What stands behind a # is a comment.
	//
	// dy/dx = TODO
	// dy/dw = TODO
	// dy/db = TODO
}

func ExampleExercise_Hints() {
	fmt.Println(len(exercise("1-slopes/1-line").Hints()))
	// Output:
	// 3
}

func ExampleExercise_Solution() {
	fmt.Print(exercise("2-chain-rule/2-first-weight").Solution())
	// Output:
	// dL/da = (y − t)·W2
	// dL/dz = dL/da · a(1 − a)
	// dL/dW1 = dL/dz · x
	// dL/db1 = dL/dz
}

func ExampleExercise_Explanation() {
	first, _, _ := strings.Cut(exercise("2-chain-rule/2-first-weight").Explanation(), "\n")
	fmt.Println(first)
	// Output:
	// Each step back through the network adds one factor:
}

func ExampleFolder() {
	folder := open()
	defer remove(folder)
	fmt.Println(folder.Next().Name)
	// Output:
	// 1-slopes/1-line
}

func ExampleFolder_SetFast() {
	folder := open()
	defer remove(folder)
	must(folder.SetFast(true))
	fmt.Println(folder.Fast(), folder.Next().Fast)
	// Output:
	// true true
}

func ExampleFolder_Fast() {
	folder := open()
	defer remove(folder)
	fmt.Println(folder.Fast())
	// Output:
	// false
}

func ExampleFolder_Skipped() {
	folder := open()
	defer remove(folder)
	fmt.Println(folder.Skipped(folder.Next()))
	// Output:
	// false
}

func ExampleFolder_Skip() {
	folder := open()
	defer remove(folder)
	first := folder.Next()
	must(folder.Skip(first))
	fmt.Println(folder.Skipped(first), folder.Solved(first), folder.Next() == first)
	// Output:
	// true false false
}

func ExampleFolder_Hint() {
	folder := open()
	defer remove(folder)
	for range 4 {
		_, number, err := folder.Hint(folder.Next())
		must(err)
		fmt.Print(number, " ")
	}
	// Output:
	// 1 2 3 3
}

func ExampleFolder_Reset() {
	folder := open()
	defer remove(folder)
	kept, err := folder.Reset(folder.Next())
	must(err)
	fmt.Println(filepath.Base(kept))
	// Output:
	// answer.1.txt
}

func ExampleFolder_Find() {
	folder := open()
	defer remove(folder)
	_, err := folder.Find("weight")
	fmt.Println(err)
	// Output:
	// course: "weight" may be 2-chain-rule/1-second-weight or 2-chain-rule/2-first-weight
}

func ExampleFolder_Judge() {
	folder := open()
	defer remove(folder)
	text, right, err := folder.Judge(context.Background(), folder.Next())
	must(err)
	fmt.Println(text, right)
	// Output:
	// dy/dx is still to do: write your formula in place of TODO false
}

func ExampleFolder_Tried() {
	folder := open()
	defer remove(folder)
	fmt.Println(folder.Tried(folder.Next()))
	// Output:
	// false
}

func ExampleSubmission() {
	_, err := course.Submission("nobody", "")
	fmt.Println(err)
	// Output:
	// course: stat nobody: no such file or directory
}

func ExampleFolder_Next() {
	folder := open()
	defer remove(folder)
	fmt.Println(folder.Next().Title)
	// Output:
	// The slope of a line
}

func ExampleFolder_Solved() {
	folder := open()
	defer remove(folder)
	fmt.Println(folder.Solved(folder.Next()))
	// Output:
	// false
}

func ExampleWrite() {
	folder := open()
	defer remove(folder)
	checkout, err := course.Checkout()
	must(err)
	file := filepath.Join(folder.Path, "1-slopes", "1-line", "text.md")
	must(os.Remove(file))
	fmt.Println(course.Write(folder.Path, checkout)) // what is missing
	// Output:
	// [1-slopes/1-line/text.md] <nil>
}

func ExampleCheckout() {
	dir, err := course.Checkout()
	must(err)
	_, err = os.Stat(filepath.Join(dir, "course"))
	fmt.Println(err)
	// Output:
	// <nil>
}

func ExampleOpen() {
	_, err := course.Open(os.TempDir())
	_, message, _ := strings.Cut(err.Error(), " is ")
	fmt.Println("it is", message)
	// Output:
	// it is not a folder of the course, and is in none; "gradus learn DIR" writes one
}

// printer prints what a test reports.
type printer struct{}

func (printer) Helper() {}

func (printer) Errorf(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func ExampleTest() {
	var t printer // in a test it is t *testing.T
	course.Test(t, "1-slopes/4-difference", func(f func(float64) float64, x, h float64) float64 {
		return f(x+h) - f(x)
	})
	// Output:
	// for f(x) = x³ + sin x, Slope(f, 3, 0.001) is 0.02601893811, and should be
	//     26.01893811
	//   first wrong: the quotient; what would explain it:
	//     the quotient: the difference of the results is not divided by h
}

func ExampleTestText() {
	var t printer
	course.TestText(t, "1-slopes/1-line") // reads answer.txt, which is not here
	// Output:
	// open answer.txt: no such file or directory
}

func ExampleTB() {
	var t course.TB = printer{} // or t *testing.T
	t.Errorf("%d is wrong", 3)
	// Output:
	// 3 is wrong
}
