package grade_test

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/course"
	"github.com/gradus-go/gradus/course/grade"
)

// class returns the folders of learners, each with answers to exercises.
func class(t *testing.T, answers map[string]map[string]string) (dirs []string, checkout string) {
	t.Helper()
	checkout, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "class [1]") // which is no pattern
	for _, name := range []string{"Anna", "Bert", "Cleo"} {
		folder := filepath.Join(dir, name)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			t.Fatal(err)
		}
		if _, err := course.Write(folder, checkout); err != nil {
			t.Fatal(err)
		}
		for file, text := range answers[name] {
			if err := os.WriteFile(filepath.Join(folder, file), []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		dirs = append(dirs, folder)
	}
	return dirs, checkout
}

const slope = "package difference\n\nfunc Slope(f func(float64) float64, x, h float64) float64 {\n\t%\n}\n"

// Whatever a learner hands in, there is a result for each exercise. A changed test is of no use.
func TestGrade(t *testing.T) {
	dirs, checkout := class(t, map[string]map[string]string{
		"Anna": {
			"1-slopes/1-line/answer.txt":      "dy/dx = w\ndy/dw = x\ndy/db = 1\n",
			"1-slopes/4-difference/answer.go": strings.Replace(slope, "%", "return (f(x+h) - f(x)) / h", 1),
			"go.mod":                          "module of another computer\n",
		},
		"Bert": {
			"1-slopes/1-line/answer.txt":           "nonsense",
			"1-slopes/4-difference/answer.go":      strings.Replace(slope, "%", "for { }", 1),
			"1-slopes/4-difference/answer_test.go": "package difference",
		},
		"Cleo": {"1-slopes/4-difference/slope.go": strings.Replace(slope, "%", "return (f(x+h) - f(x)) / h", 1)},
	})
	var got grade.Class
	var names []string
	if err := errors.Join(
		os.Remove(filepath.Join(dirs[2], "1-slopes/1-line/answer.txt")),      // which is not an answer
		os.Remove(filepath.Join(dirs[2], "1-slopes/4-difference/answer.go")), // and this is under another name
	); err != nil {
		t.Fatal(err)
	}
	for i, limit := range []time.Duration{time.Hour, time.Second, time.Hour} { // Bert's code never ends
		report := func(name string) { names = append(names, name) }
		g := grade.Grader{Checkout: checkout, Limit: limit, Report: report}
		one, err := g.Grade(context.Background(), dirs[i])
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, one...)
	}
	if want := []string{"Anna", "Bert", "Cleo"}; !slices.Equal(names, want) {
		t.Errorf("reported %q, want %q", names, want)
	}
	only(got, "1-slopes/1-line", "1-slopes/4-difference", "2-chain-rule/1-second-weight")
	for i, want := range []string{"Anna     ✓✓ ·", "Bert     ✗✗ ·", "Cleo     ·✓ ·"} {
		if line := strings.Split(got.String(), "\n")[i+1]; !strings.HasPrefix(line, want) {
			t.Errorf("the line is %q, want %q …", line, want)
		}
	}
	if message := got[1].Results[1].Message; !strings.Contains(message, "had not come to an end after 1s") {
		t.Errorf("the endless loop: %q", message)
	}
	solved, not := got[0].Results[0].Message, got[2].Results[0].Message
	if solved != "" || not != "nothing was handed in" {
		t.Errorf("the message on what is solved is %q, and that on what is missing %q", solved, not)
	}
	var text strings.Builder
	if err := got.CSV(&text); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil || len(rows) != 4 || strings.Join(rows[2][:4], " ") != "Bert 0 0 0" ||
		strings.Join(rows[3][:4], " ") != "Cleo 1  1" {
		t.Errorf("rows %q, %v", rows, err)
	}
	text.Reset()
	if err := got.Classroom(&text); err == nil || !strings.Contains(err.Error(), "one learner") {
		t.Errorf("error %v of a class of three", err)
	}
	testClassroom(t, got[:1])
	if err := got.JSON(&text); err != nil {
		t.Fatal(err)
	}
	var again grade.Class
	if err := json.Unmarshal([]byte(text.String()), &again); err != nil || again[0].Solved != 2 {
		t.Errorf("JSON: %v\n%s", err, text.String())
	}
}

// only leaves out all results but those of some exercises.
func only(class grade.Class, exercises ...string) {
	for i, l := range class {
		class[i].Results = slices.DeleteFunc(l.Results, func(r grade.Result) bool {
			return !slices.Contains(exercises, r.Exercise)
		})
	}
}

// A folder that is missing and a grading that is interrupted are errors, which come with the results so far.
func TestGradeErrors(t *testing.T) {
	dirs, checkout := class(t, map[string]map[string]string{
		"Bert": {"1-slopes/4-difference/answer.go": strings.Replace(slope, "%", "for { }", 1)},
	})
	// Of this exercise Anna has the test only.
	if err := os.Remove(filepath.Join(dirs[0], "1-slopes/4-difference/answer.go")); err != nil {
		t.Fatal(err)
	}
	interrupted, interrupt := context.WithCancel(context.Background())
	interrupt()
	for _, tt := range []struct {
		name  string
		ctx   context.Context
		third string
		want  string
		had   int
	}{
		{"a folder that is missing", context.Background(), "nobody", "course: stat nobody: no such file", 2},
		{"an interruption", interrupted, dirs[1], "grade: Bert, 1-slopes/4-difference: ", 2},
	} {
		class, err := grade.Grader{Checkout: checkout}.Grade(tt.ctx, dirs[0], dirs[2], tt.third)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || len(class) != tt.had {
			t.Errorf("%s: error %v and %d learners, want %q and %d", tt.name, err, len(class), tt.want, tt.had)
		}
		if slices.ContainsFunc(class[0].Results, func(r grade.Result) bool { return r.Tried }) {
			t.Errorf("what is missing was tried: %s", class)
		}
	}
}

// A table is as wide as the longest name, in characters, and no wider than a third of a terminal.
func TestTable(t *testing.T) {
	results := []grade.Result{{Exercise: "1-a/1-b", Solved: true, Tried: true}, {Exercise: "2-c/1-d"}}
	row := func(name string) grade.Learner { return grade.Learner{Name: name, Solved: 1, Results: results} }
	long := strings.Repeat("ö", 27)
	for _, tt := range []struct {
		class grade.Class
		want  string
	}{
		{grade.Class{row("Zoë"), row("Bo")}, "learner  1 2  solved\nZoë      ✓ ·  1 of 2\nBo       ✓ ·  1 of 2\n"},
		{grade.Class{row("Al"), {Name: "Bo"}}, "learner  1 2  solved\nAl       ✓ ·  1 of 2\nBo         0 of 0\n"},
		{grade.Class{{Results: []grade.Result{{}}}}, "learner     solved\n         ·  0 of 1\n"},
		{grade.Class{row("Zoë-Elisa")}, "learner    1 2  solved\nZoë-Elisa  ✓ ·  1 of 2\n"},
		{
			grade.Class{row(long)},
			"learner" + strings.Repeat(" ", 21) + "1 2  solved\n" + long[:2*26] + "  ✓ ·  1 of 2\n",
		},
	} {
		if got := tt.class.String(); got != tt.want {
			t.Errorf("got\n%swant\n%s", got, tt.want)
		}
	}
}

// A full is a Writer for which there is no room.
type full struct{}

// Write implements io.Writer.
func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

// What is written is what programs read, and a Writer that fails is an error.
func TestWrite(t *testing.T) {
	one := grade.Class{{Name: "Anna", Solved: 1, Results: []grade.Result{
		{Exercise: "1-a/1-b", Solved: true, Tried: true},
		{Exercise: "2-c/1-d", Tried: true, Message: "a > b & c?~~~>"},
	}}}
	for name, tt := range map[string]struct {
		write func(io.Writer) error
		want  string
	}{
		"JSON":    {one.JSON, "\n        \"message\": \"a > b & c?~~~>\"\n"},
		"no JSON": {grade.Class(nil).JSON, "[]\n"},
		"CSV":     {one.CSV, "Anna,1,1,0\n"},
		"a failed": {one.Classroom, `{"version":1,"status":"fail","max_score":2,"tests":[{"name":"1-a/1-b",` +
			`"status":"pass","score":1,"message":null},{"name":"2-c/1-d","status":"fail","score":0,` +
			`"message":"a \u003e b \u0026 c?~~~\u003e"}]}`},
		"all solved": {
			grade.Class{{Results: one[0].Results[:1]}}.Classroom, `{"version":1,"status":"pass","max_score":1,`,
		},
	} {
		var text strings.Builder
		err := tt.write(&text)
		got := text.String()
		if decoded, e := base64.StdEncoding.DecodeString(strings.TrimSpace(got)); e == nil {
			got = string(decoded)
		}
		if err != nil || !strings.Contains(got, tt.want) {
			t.Errorf("%s: error %v, got %s, want %s", name, err, got, tt.want)
		}
		if err := tt.write(full{}); err == nil || err.Error() != "no room" {
			t.Errorf("%s: error %v, want that of the Writer", name, err)
		}
		func() {
			defer func() {
				if r, _ := recover().(string); !strings.HasSuffix(r, " to a nil Writer") {
					t.Errorf("%s: with a nil Writer it panics with %q", name, r)
				}
			}()
			_ = tt.write(nil)
		}()
	}
	err := grade.Class{}.Classroom(full{})
	if err == nil || !strings.Contains(err.Error(), "there are 0 learners") {
		t.Errorf("error %v of a class of none", err)
	}
}

func testClassroom(t *testing.T, class grade.Class) {
	t.Helper()
	var text strings.Builder
	if err := class.Classroom(&text); err != nil {
		t.Fatal(err)
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"version":1,"status":"fail","max_score":3,"tests":[` +
		`{"name":"1-slopes/1-line","status":"pass","score":1,"message":null},`
	if !strings.HasPrefix(string(decoded), want) {
		t.Errorf("got %s, want %s …", decoded, want)
	}
}
