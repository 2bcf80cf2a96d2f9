package course

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	difference "github.com/gradus-go/gradus/course/exercises/1-slopes/4-difference/answers"
	central "github.com/gradus-go/gradus/course/exercises/1-slopes/5-central/answers"
	step "github.com/gradus-go/gradus/course/exercises/1-slopes/6-step/answers"
	update "github.com/gradus-go/gradus/course/exercises/2-chain-rule/3-update/answers"
	value "github.com/gradus-go/gradus/course/exercises/4-engine/1-value/answers"
	local "github.com/gradus-go/gradus/course/exercises/4-engine/2-local/answers"
	order "github.com/gradus-go/gradus/course/exercises/4-engine/3-order/answers"
	backward "github.com/gradus-go/gradus/course/exercises/4-engine/4-backward/answers"
	whole "github.com/gradus-go/gradus/course/exercises/4-engine/5-whole/answers"
	deep "github.com/gradus-go/gradus/course/exercises/7-sick-networks/1-deep/answers"
	off "github.com/gradus-go/gradus/course/exercises/7-sick-networks/2-off/answers"
	alike "github.com/gradus-go/gradus/course/exercises/7-sick-networks/3-alike/answers"
	far "github.com/gradus-go/gradus/course/exercises/7-sick-networks/4-too-far/answers"
	newton "github.com/gradus-go/gradus/course/exercises/8-second-derivatives/3-newton/answers"
	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/internal/program/wrap"
)

// answersInGo lists the answers with which the exercises in Go are tested.
func answersInGo() map[string]checking.Answers {
	return map[string]checking.Answers{
		"1-slopes/4-difference":         difference.Answers(),
		"1-slopes/5-central":            central.Answers(),
		"1-slopes/6-step":               step.Answers(),
		"2-chain-rule/3-update":         update.Answers(),
		"4-engine/1-value":              value.Answers(),
		"4-engine/2-local":              local.Answers(),
		"4-engine/3-order":              order.Answers(),
		"4-engine/4-backward":           backward.Answers(),
		"4-engine/5-whole":              whole.Answers(),
		"7-sick-networks/1-deep":        deep.Answers(),
		"7-sick-networks/2-off":         off.Answers(),
		"7-sick-networks/3-alike":       alike.Answers(),
		"7-sick-networks/4-too-far":     far.Answers(),
		"8-second-derivatives/3-newton": newton.Answers(),
	}
}

// each runs a test for each exercise, with its answers.
func each(t *testing.T, test func(t *testing.T, e *Exercise, a checking.Answers)) {
	t.Helper()
	for _, e := range all(t) {
		t.Run(e.Name, func(t *testing.T) { test(t, e, answers(t, e)) })
	}
}

func all(t *testing.T) (all []*Exercise) {
	t.Helper()
	chapters, err := Chapters()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range chapters {
		all = append(all, c.Exercises...)
	}
	return all
}

// answers returns the answers with which an exercise is tested.
func answers(t *testing.T, e *Exercise) (a checking.Answers) {
	t.Helper()
	if e.File() == answerGo {
		a, ok := answersInGo()[e.Name]
		if !ok {
			t.Fatalf("answersInGo in answers_test.go has no line for %s", e.Name)
		}
		return a
	}
	right, wrong, err := samples(e.file("answers.txt"), e.Solution())
	if err != nil {
		t.Fatal("answers.txt:", err)
	}
	return checking.Answers{Shipped: e.file(answerText), Solution: e.Solution(), Right: right, Wrong: wrong}
}

// An exercise has three right and five wrong answers at least. Its file compiles and fails with a
// message about the exercise, and the solution passes.
func TestExercises(t *testing.T) {
	each(t, func(t *testing.T, e *Exercise, a checking.Answers) {
		t.Helper()
		if len(a.Right) < 3 || len(a.Wrong) < 5 {
			t.Errorf("there are %d right and %d wrong answers, want three and five at least",
				len(a.Right), len(a.Wrong))
		}
		wrong, ok := e.check(a.Shipped).FirstWrong()
		if !ok || wrong.Text == "" || wrong.Name == "the answer" {
			t.Errorf("as handed out: found %q, want what is missing, with its name", wrong.Text)
		}
		if found := e.check(a.Solution); !found.OK() {
			t.Errorf("the solution is refused: %s", found)
		}
		for line := range strings.Lines(e.file("graph.txt")) {
			if !strings.Contains(e.Text(), "    "+line) {
				t.Errorf("text.md has no line %q, indented by four spaces, as graph.txt has", line)
			}
		}
		for _, text := range append(e.Hints(), e.Text(), e.Explanation()) {
			for line := range strings.Lines(wrap.Markdown(text)) {
				if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > wrap.Columns {
					t.Errorf("a line of %d columns: %s", n, line)
				}
			}
		}
		if !strings.Contains(e.HandedOut(), checking.Todo) {
			t.Errorf("%s has no %s", e.File(), checking.Todo)
		}
	})
}

// No exercise passes with a constant.
func TestConstants(t *testing.T) {
	each(t, func(t *testing.T, e *Exercise, a checking.Answers) {
		t.Helper()
		text, ok := a.Solution.(string)
		if !ok {
			return // its file as handed out returns a constant
		}
		lines, err := checking.Lines(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, constant := range constants(t, e, lines) {
			if found := e.check(constant); found.OK() {
				t.Errorf("this passes:\n%s", constant)
			}
		}
	})
}

// constants returns answers in which each line is a number: 0, 1, and the right one for the numbers
// of the text.
func constants(t *testing.T, e *Exercise, lines []checking.Line) (texts []string) {
	t.Helper()
	for _, number := range []func(checking.Line) string{
		func(checking.Line) string { return "0" },
		func(checking.Line) string { return "1" },
		func(l checking.Line) string { return rightNumber(t, e, l.Key) },
	} {
		var b strings.Builder
		for _, line := range lines {
			fmt.Fprintf(&b, "%s = %s\n", line.Key, number(line))
		}
		texts = append(texts, b.String())
	}
	return texts
}

// No exercise passes with the answer of another.
func TestOfOthers(t *testing.T) {
	solutions := map[string]any{}
	for _, e := range all(t) {
		solutions[e.Name] = answers(t, e).Solution
	}
	each(t, func(t *testing.T, e *Exercise, _ checking.Answers) {
		t.Helper()
		for name, solution := range solutions {
			if name != e.Name && e.check(solution).OK() {
				t.Errorf("the solution of %s passes", name)
			}
		}
	})
}

// Right answers in other forms pass. Wrong ones fail; of all of them, the factor is named in 97 %
// and the slip in 95 % at least.
func TestAnswers(t *testing.T) {
	var right, wrong, factors, slips int
	each(t, func(t *testing.T, e *Exercise, a checking.Answers) {
		t.Helper()
		for _, s := range a.Right {
			right++
			if found := e.check(s.Answer); !found.OK() {
				t.Errorf("right, but refused: %s:\n%s", s.Name, found)
			}
		}
		for _, s := range a.Wrong {
			wrong++
			found, ok := e.check(s.Answer).FirstWrong()
			if !ok {
				t.Errorf("wrong, but passes: %s", s.Name)
				continue
			}
			factor := found.Factor == s.Factor
			names := func(text string) bool { return strings.Contains(text, s.Slip) }
			slip := slices.ContainsFunc(found.Slips, names)
			if len(found.Slips) > 4 {
				t.Errorf("%s: %d slips are named, want at most 4:\n%s", s.Name, len(found.Slips), found.Text)
			}
			if factor {
				factors++
			}
			if slip {
				slips++
			}
			if !factor || !slip {
				t.Logf("%s: want %s: … %s …, got\n%s", s.Name, s.Factor, s.Slip, found.Text)
			}
		}
	})
	t.Logf("%d right answers; of %d wrong ones the factor is named in %.1f %%, the slip in %.1f %%",
		right, wrong, 100*float64(factors)/float64(wrong), 100*float64(slips)/float64(wrong))
	if 100*factors < 97*wrong || 100*slips < 95*wrong {
		t.Errorf("the factor is named in %d, the slip in %d of %d wrong answers; want 97 %% and 95 %%",
			factors, slips, wrong)
	}
}
