package claim_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/formula"
	"github.com/gradus-go/gradus/internal/claim"
)

// What becomes of lines. None says what would be right.
func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name, graph string
		first       int
		lines       [][2]string // a line, and what is said of it
	}{
		{"all kinds", chainA, 3, [][2]string{
			{"dL/dy = y − t", "right Right."},
			{"", "blank"},
			{"dL/da =", "open"},
			{
				"dL/dW2 = (y − t)·z",
				"wrong: (y − t)·⟦z⟧ [∂y/∂W2] “z” stands where ∂y/∂W2 belongs. | z where a belongs",
			},
			{"nonsense", "bad: column 1: want a derivative and its formula, such as dL/dw = (y − t)·x"},
			{"dL/dW1 = 1; dL/db1 = 2", "bad: column 1: want one derivative on a line"},
			{
				"dL/dq = 3",
				"bad: want the names of two values, as in dL/dW2; the graph has L, t, y, b2, a, z, b1, x, W1, W2",
			},
			{"dL/dy = 1", "bad: there is a line for dL/dy already"},
			{"∂L/∂y = y − t", "bad: ∂L/∂y and dL/dy are the same derivative: give only one"},
			{
				"dL/db1 = (y − t)(",
				"bad: column 18: the formula ends where a number, a name or a bracket was expected",
			},
		}},
		{"lines that use others", chainA, -1, [][2]string{
			{"dL/dy = y − t", "right Right."},
			{"dL/da = dL/dy·W2", "right Right."},
			{"dL/dz = ∂L/∂a · da/dz", "right Right."},
			{"da/dz = a(1 − a)", "right Right."},
			{"dL/dW1 = dL_dz·x", "right Right."},
		}},
		{"a wrong one that others use", chainA, 0, [][2]string{
			{"dL/dy = t − y", "wrong: ⟦t − y⟧ [∂L/∂y] “t − y” has the wrong sign."},
			{"dL/da = dL/dy·W2", "follows No new mistake: it follows from your dL/dy."},
			{"dL/dz = dL/da·a·(1 − a)", "follows No new mistake: it follows from your dL/da."},
		}},
		{"a slip in a line that uses others", chainA, 2, [][2]string{
			{"dL/dy = y − t", "right Right."},
			{"dL/dW2 = dL/dy·z", "wrong: dL/dy·⟦z⟧ [∂y/∂W2] “z” stands where ∂y/∂W2 belongs. | z where a belongs"},
			{"dL/dW1 = dL/dy·W2·x", "wrong: ⟦dL/dy·W2·x⟧ [∂a/∂z] ∂a/∂z is missing here. | σ′ is missing"},
		}},
		{"numbers that use numbers", tutorialA, -1, [][2]string{
			{"dL/dy = -0.6225", "right Right."},
			{"da/dz = 0.2350", "right Right."},
			{"dL/dz = dL/dy·-1·da/dz", "right Right."},
			{"dL/dW2 = dL/dy·a", "right Right."},
		}},
		{"numbers with a slip", tutorialA, 2, [][2]string{
			{"dL/dy = -0.6225", "right Right."},
			{"da/dz = 0.2350", "right Right."},
			{
				"dL/dz = dL/dy·da/dz",
				"wrong: ⟦dL/dy·da/dz⟧ [∂y/∂a] A minus sign is missing here. | the factor W2 is missing",
			},
			{"dL/dW2 = -0.6225·0.6225", "right Right."},
		}},
		{"circles and gaps", chainA, -1, [][2]string{
			{"dL/dy = dL/da/W2", "bad: column 9: dL/dy is computed from itself"},
			{"dL/da = dL/dy·W2", "bad: column 9: dL/dy is computed from itself"},
			{"dL/dW2 = dL/dW2", "bad: column 10: dL/dW2 is computed from itself"},
			{
				"dL/dW1 = dL/dz·x",
				"bad: column 10: dL is not defined; a derivative can stand here if you have a line for it",
			},
			{"dL/db2 = dL/db1·1", "bad: column 10: there is no answer for dL/db1 yet"},
			{"dL/db1 =", "open"},
		}},
		{"a line that another one needs, and that cannot be read", chainA, -1, [][2]string{
			{"da/dz = a(1 −", "bad: column 14: the formula ends where a number, a name or a bracket was expected"},
			{"dL/dz = W2·da/dz", "bad: column 9: your line for da/dz cannot be read yet"},
			{"dL/dW1 = dL/dz·x", "bad: column 10: your line for da/dz cannot be read yet"},
		}},
		{"a factor that is forgotten in one line, and used in another", chainA, 1, [][2]string{
			{"dL/da = (y − t)·W2", "right Right."},
			{
				"dL/dW1 = (y − t)·a·(1 − a)·x",
				"wrong: ⟦(y − t)·a·(1 − a)·x⟧ [∂y/∂a] ∂y/∂a is missing here.",
			},
		}},
		{"a name that looks like a derivative", "dL = 2; dx = 4; y = dL·dx", -1, [][2]string{
			{"dy/dL = dx", "bad: want the names of two values, as in dL/dW2; the graph has y, dx, dL"},
			{"dy/ddx = dL/dx·dx", "right Right."},
			{"dy/dx = 3", "bad: want the names of two values, as in dL/dW2; the graph has y, dx, dL"},
		}},
		{"a value that is named like one", "dL = 2; dx = 4; x = 1; L = x²; y = dL/dx·L", -1, [][2]string{
			{"dL/dx = 2x", "right Right."},
			{"dy/dL = dL/dx", "right Right."},
		}},
		{"what is missing", square, 0, [][2]string{{
			"dy/da = a",
			"wrong: ⟦a⟧ [∂y/∂a] One use of a in y is missing here." +
				" | a is used 2 times, and only its use in y is counted",
		}}},
		{"a path", diamond, 0, [][2]string{{
			"df/dx = q·cos(x)",
			"wrong: ⟦q·cos(x)⟧ [∂q/∂x] The path f → q → x is missing: both paths to x must be added.",
		}}},
		{"coincidence", tutorialA, -1, [][2]string{{
			"dL/dW2 = (y + t)·a",
			"almost: (y + ⟦t⟧)·a [∂L/∂y] Right at these numbers, but not at all others. The sign of “t” is wrong.",
		}}},
		{"a usual slip, though right at these numbers", tutorialA, 0, [][2]string{{
			"dL/da = (y − t)/W2",
			"wrong: (y − t)⟦/W2⟧ [∂y/∂a] “/W2” stands where ∂y/∂a belongs. | 1/W2 where W2 belongs",
		}}},
		{"a kink", "x = 0; y = relu(x)", -1, [][2]string{
			{"dy/dx = 0.5", "right Right, by convention: at this kink any number between the two slopes is."},
		}},
		{"two mistakes", chainA, 1, [][2]string{
			{"dL/dW1 = (t − y)·W2·x", "wrong: ⟦(t − y)·W2⟧·x [∂L/∂y] “(t − y)·W2” stands where dL/dz belongs."},
			{"dL/dz = y·W2", "wrong: ⟦y⟧·W2 [∂L/∂y] “y” stands where ∂L/∂y and ∂a/∂z should stand."},
		}},
		{"another multiple", chainA, 1, [][2]string{
			{"dL/dW1 = 3(y − t)·W2·a(1 − a)·x", "wrong: ⟦3⟧(y − t)·W2·a(1 − a)·x [∂z/∂W1] “3” is too much."},
			{"dL/da = 7", "wrong: ⟦7⟧ [∂L/∂y] Look at ∂L/∂y."},
		}},
	} {
		g, err := formula.Read(strings.Split(tt.graph, "\n\n")...)
		if err != nil {
			t.Fatal(err)
		}
		var texts []string
		for _, l := range tt.lines {
			texts = append(texts, l[0])
		}
		lines, first := claim.Check(g.Results[len(g.Results)-1], g, texts)
		var got [][2]string
		for i, l := range lines {
			text := string(l.State)
			if l.Place != nil {
				text += ":" + marked(l.Claim, *l.Place) + " [" + l.Place.Factor + "]"
			}
			if l.Says != "" {
				text += " " + l.Says
			}
			for _, s := range l.Slips {
				text += " | " + s
			}
			if wrong := new(formula.Error); errors.As(l.Err, &wrong) {
				text += fmt.Sprintf(": column %d: %s", wrong.Column, wrong.Message)
			} else if l.Err != nil {
				text += ": " + l.Err.Error()
			}
			got = append(got, [2]string{texts[i], text})
		}
		if diff := cmp.Diff(tt.lines, got); diff != "" || first != tt.first {
			t.Errorf("%s: first is %d, want %d; lines (-want +got):\n%s", tt.name, first, tt.first, diff)
		}
	}
}

// Lines that use each other twice would double in length with each.
func TestCheckIsBounded(t *testing.T) {
	g, err := formula.Read("x = 1; y = 2x")
	if err != nil {
		t.Fatal(err)
	}
	texts := []string{"dy/da0 = 2"}
	for i := range 20 {
		texts = append(texts, fmt.Sprintf("dy/da%d = dy/da%[2]d·dy/da%[2]d", i+1, i))
	}
	lines, _ := claim.Check(g.Value("y"), g, texts)
	wrong := new(formula.Error)
	const want = "with your other derivatives written out, it has more than 20000 characters"
	if err := lines[20].Err; !errors.As(err, &wrong) || wrong.Message != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
