package claims_test

import (
	"strings"
	"testing"

	"github.com/gradus-go/gradus/play/internal/claims"
)

// The answers to the exercises that are ready, by their names.
var answers = map[string]string{
	"A network of two neurons": "dL/dy = y − t\ndL/dW2 = (y − t)·a\ndL/da = (y − t)·W2\nda/dz = a(1 − a)\n" +
		"dL/dW1 = (y − t)·W2·a(1 − a)·x",
	"a·a":         "dy/da = 2a",
	"The diamond": "df/dp = q\ndf/dq = p\ndp/dx = cos(x)\ndq/dx = 2x + 3\ndf/dx = q·cos(x) + p·(2x + 3)",
	"One neuron with σ": "da/dz = a(1 − a)\nda/dw1 = a(1 − a)·x1\nda/dw2 = a(1 − a)·x2\n" +
		"da/db = a(1 − a)\nda/dx1 = a(1 − a)·w1",
	"Softmax with cross-entropy": "dL/dp1 = −t1/p1\n∂p1/∂e1 = 1/S\ndp1/dz1 = p1(1 − p1)\n" +
		"dL/dz1 = p1 − t1",
	"A function of three numbers": "df/da = −3a² − 1/(2√a)\ndf/db = 3cos(3b) + 2.5b^1.5\ndf/dc = 1/c²",
	"Two units and a matrix of weights": "dE/dz1 = 2z1\ndE/dz2 = exp(z2)\ndE/dh1 = 2z1·w11 + exp(z2)·w21\n" +
		"dE/dw12 = 2z1·h2",
}

func TestExercises(t *testing.T) {
	all, err := claims.Exercises(struct{}{})
	if err != nil || len(all) != len(answers) {
		t.Fatalf("%d exercises, error %v, want %d", len(all), err, len(answers))
	}
	for _, e := range all {
		empty, err := claims.Exercise(claims.Asked{F: e.F, D: answers[e.Name]})
		if err != nil || empty.Text != e.D {
			t.Errorf("%s: without the answers it is %q, error %v, want %q", e.Name, empty.Text, err, e.D)
		}
		for d, want := range map[string]int{e.D: 0, answers[e.Name]: strings.Count(e.D, "\n") + 1} {
			c, err := claims.Check(claims.Asked{F: e.F, D: d})
			if err != nil || c.Faults != nil || c.Right != want || c.First != -1 {
				t.Errorf("%s: %+v, error %v, want %d right", e.Name, c, err, want)
			}
		}
		for _, slip := range e.Slips {
			c, err := claims.Check(claims.Asked{F: e.F, D: slip})
			name, _, _ := strings.Cut(slip, " = ")
			l := c.Lines[0]
			if err != nil || l.State != "wrong" || l.Edge == "" || !strings.Contains("\n"+e.D, "\n"+name+" =") {
				t.Errorf("%s: %s: %+v, error %v, want a mistake at an edge", e.Name, slip, l, err)
			}
		}
	}
}
