package grade

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
)

// CSV writes a table with a row for each learner: the name, how many exercises are solved, and for
// each exercise 1 if it is solved, 0 if it is not, or nothing if it was not tried.
//
// It panics if w is nil.
func (c Class) CSV(w io.Writer) error {
	mustWrite("CSV", w)
	table := csv.NewWriter(w)
	for i, l := range c {
		head, row := []string{"learner", "solved"}, []string{l.Name, strconv.Itoa(l.Solved)}
		for _, r := range l.Results {
			head = append(head, r.Exercise)
			row = append(row, map[string]string{"✓": "1", "✗": "0"}[r.mark()])
		}
		if i == 0 {
			if err := table.Write(head); err != nil {
				return err
			}
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// JSON writes a list of the learners, with the messages on what is wrong.
//
// It panics if w is nil.
func (c Class) JSON(w io.Writer) error {
	mustWrite("JSON", w)
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	if c == nil {
		c = Class{}
	}
	return out.Encode(c)
}

// Classroom writes the results of one learner, as a line of text for the autograder of GitHub
// Classroom: in a workflow it becomes the output named result of a step, which the action
// autograding-grading-reporter reads. That is the base64 of a JSON object with a test for each
// exercise, of one point.
//
// Source: what src/main.js, console-results.js and notify-classroom.js of that action read, of
// 2024. The format is not documented.
//
// It panics if w is nil.
func (c Class) Classroom(w io.Writer) error {
	mustWrite("Classroom", w)
	if len(c) != 1 {
		return fmt.Errorf("grade: there are %d learners; GitHub Classroom grades one learner at a time", len(c))
	}
	type test struct {
		Name    string  `json:"name"`
		Status  string  `json:"status"`
		Score   int     `json:"score"`
		Message *string `json:"message"`
	}
	result := struct {
		Version int    `json:"version"`
		Status  string `json:"status"`
		Most    int    `json:"max_score"`
		Tests   []test `json:"tests"`
	}{1, "pass", len(c[0].Results), nil}
	for _, r := range c[0].Results {
		t := test{r.Exercise, "pass", 1, nil}
		if !r.Solved {
			t.Status, t.Score, t.Message, result.Status = "fail", 0, &r.Message, "fail"
		}
		result.Tests = append(result.Tests, t)
	}
	text, err := json.Marshal(result)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(w, base64.StdEncoding.EncodeToString(text))
	return err
}

// mustWrite panics if the Writer that a method was given is nil.
func mustWrite(method string, w io.Writer) {
	if w == nil {
		panic("grade: " + method + " to a nil Writer")
	}
}
