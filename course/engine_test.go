package course_test

import (
	"os"
	"strings"
	"testing"
)

// Each step of the chapter on an engine begins with the solution of the step before: its lines are all
// there, in this order.
func TestEngineSteps(t *testing.T) {
	const chapter = "exercises/4-engine/"
	steps := []string{"1-value", "2-local", "3-order", "4-backward", "5-whole"}
	for i, step := range steps[1:] {
		solution := codeOf(t, chapter+steps[i]+"/answers/solution.go")
		if len(solution) < 10 {
			t.Errorf("the solution of %s has %d lines", steps[i], len(solution))
		}
		for _, line := range codeOf(t, chapter+step+"/answer.go") {
			if len(solution) > 0 && line == solution[0] {
				solution = solution[1:]
			}
		}
		if len(solution) > 0 {
			t.Errorf("%s lacks, of the solution of %s: %q …", step, steps[i], solution[0])
		}
	}
}

// codeOf returns the lines of a file behind the package clause, without their spaces.
func codeOf(t *testing.T, file string) (lines []string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, code, _ := strings.Cut("\n"+string(text), "\npackage ")
	for line := range strings.Lines(code[strings.IndexByte(code, '\n'):]) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
