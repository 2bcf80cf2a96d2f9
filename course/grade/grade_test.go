package grade_test

import (
	"context"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
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
	dir := t.TempDir()
	for _, name := range []string{"Anna", "Bert", "Cleo"} {
		folder := filepath.Join(dir, name)
		if err := os.Mkdir(folder, 0o777); err != nil {
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
	})
	var got grade.Class
	for i, limit := range []time.Duration{time.Hour, time.Second, time.Hour} { // Bert's code never ends
		one, err := grade.Grader{Checkout: checkout, Limit: limit}.Grade(context.Background(), dirs[i])
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, one...)
	}
	only(got, "1-slopes/1-line", "1-slopes/4-difference", "2-chain-rule/1-second-weight")
	for i, want := range []string{"Anna     ✓✓ ·", "Bert     ✗✗ ·", "Cleo     ·· ·"} {
		if line := strings.Split(got.String(), "\n")[i+1]; !strings.HasPrefix(line, want) {
			t.Errorf("the line is %q, want %q …", line, want)
		}
	}
	if message := got[1].Results[1].Message; !strings.Contains(message, "had not come to an end") {
		t.Errorf("the endless loop: %q", message)
	}
	var text strings.Builder
	if err := got.CSV(&text); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(text.String())).ReadAll()
	if err != nil || len(rows) != 4 || strings.Join(rows[2][:4], " ") != "Bert 0 0 0" || rows[3][2] != "" {
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

func TestNoFolder(t *testing.T) {
	if _, err := (grade.Grader{Checkout: "../.."}).Grade(context.Background(), "nobody"); err == nil {
		t.Error("there is no error for a folder that is missing")
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
