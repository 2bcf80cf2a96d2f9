package main

import (
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/gpt/internal/settings"
	"github.com/gradus-go/gradus/internal/slow"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/show"
)

// block finds what stands in the README behind a comment that names it: text between lines of three
// backquotes, or a table.
var block = regexp.MustCompile("(?s)<!-- (\\w+) -->\n(```\n.*?\n```\n|\\|.*?\\|\n)\n")

// The numbers in the README are those that the code computes. With -update they are written into it.
func TestReadme(t *testing.T) {
	file, err := filepath.Abs("README.md") // the stages have another folder
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{ // before stages, which changes to another folder
		"names": names(t), "forward": forward(t), "backward": backward(t), "step": step(t), "listing": listing(t),
		"head": headLines(t),
	}
	if slow.Wanted() {
		want["stages"] = stages(t)
	} else { // as it is
		_, want["stages"], _ = strings.Cut(string(text), "<!-- stages -->\n")
		want["stages"], _, _ = strings.Cut(want["stages"], "\n\n")
		want["stages"] += "\n"
	}
	seen := 0
	updated := block.ReplaceAllStringFunc(string(text), func(found string) string {
		name := block.FindStringSubmatch(found)[1]
		if want[name] == "" {
			t.Errorf("the README has a block %q, which no test computes", name)
			return found
		}
		seen++
		fence := "```\n"
		if strings.HasPrefix(want[name], "|") {
			fence = ""
		}
		return fmt.Sprintf("<!-- %s -->\n%s%s%s\n", name, fence, want[name], fence)
	})
	if seen != len(want) {
		t.Errorf("the README has %d of %d blocks", seen, len(want))
	}
	if f := flag.Lookup("update"); f.Value.String() == "true" {
		if err := os.WriteFile(file, []byte(updated), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(updated, string(text)); diff != "" {
		t.Errorf("the README is not what is computed; -update writes it anew (-want +got):\n%s", diff)
	}
}

// names returns the end of what the program prints.
func names(t *testing.T) string {
	t.Helper()
	golden, err := os.ReadFile("testdata/default.golden")
	if err != nil {
		t.Fatal(err)
	}
	_, end, _ := strings.Cut(string(golden), "The mean loss over all")
	end, _, _ = strings.Cut(end, "\n== Model")
	return "The mean loss over all" + end
}

// stages returns a table of what each stage reaches.
func stages(t *testing.T) string {
	t.Helper()
	t.Chdir(t.TempDir())
	var b strings.Builder
	b.WriteString("| stage | idea | parameters | mean loss | probability |\n|--:|---|--:|--:|--:|\n")
	for i := range 6 {
		output := gpt(t.Context()).Output(t, fmt.Sprintf("-stage %d -samples 0 -out p", i))
		idea := regexp.MustCompile(`== Stage \d: (.*)`).FindStringSubmatch(output)
		size := regexp.MustCompile(`\n(\d+) parameters`).FindStringSubmatch(output)
		loss := regexp.MustCompile(`texts is\s([\d.]+\d)\.`).FindStringSubmatch(output)
		if idea == nil || loss == nil || (size == nil) != (i == 0) {
			t.Fatalf("stage %d prints no title, size or loss:\n%s", i, output)
		}
		if i == 0 {
			size = []string{"", "–"}
		}
		x, err := strconv.ParseFloat(loss[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "| %d | %s | %s | %s | 1/%.1f |\n", i, idea[1], size[1], loss[1], math.Exp(x))
	}
	return b.String()
}

// letter writes a token: a character, or · for the end.
func (m *model) letter(token float64) string {
	if int(token) == m.edge() {
		return "·"
	}
	return string(m.letters[int(token)])
}

// forward returns a table of the predictions of the first name before training.
func forward(t *testing.T) string {
	t.Helper()
	s, m := defaults(t, settings.Fast)
	tokens := s.texts[0]
	var b strings.Builder
	b.WriteString("| position | token | next | score of next | ln Σ e^score | loss | probability |\n" +
		"|--:|:-:|:-:|--:|--:|--:|--:|\n")
	past, sum := make([]memory, 1), 0.0
	for p, next := range tokens[1:] {
		scores := m.scores(gradus.Const(tokens[p]), p, past)
		score, all := scores[int(next)].Data, gradus.LogSumExp(scores...).Data
		sum += all - score
		fmt.Fprintf(&b, "| %d | %s | %s | %.4f | %.4f | %.4f | 1/%.1f |\n",
			p, m.letter(tokens[p]), m.letter(next), score, all, all-score, math.Exp(all-score))
	}
	mean := sum / float64(len(tokens)-1)
	fmt.Fprintf(&b, "| mean | | | | | %.4f | 1/%.1f |\n", mean, math.Exp(mean))
	return b.String()
}

// backward returns how Backward goes from the loss of the first name to a parameter: to the first number
// in the row of the token that comes first in the name, in the matrix out.
func backward(t *testing.T) string {
	t.Helper()
	s, m := defaults(t, settings.Fast)
	root, row := m.loss(gradus.Values(s.texts[0])), int(s.texts[0][1])
	root.Backward()
	w := m.out[row][0]
	var b strings.Builder
	name := m.letter(float64(row))
	fmt.Fprintf(&b, "%-9s%12s%14s%22s\n", "position", "softmax", "∂loss/∂score", "· x1 = ∂loss/∂w")
	sum, p := 0.0, 0
	for _, v := range gradus.Topo(root) { // the scores are the Dots that w is an operand of
		parents := v.Parents()
		if len(parents) != 32 || parents[0] != w {
			continue
		}
		x := parents[16]
		loss := root.Parents()[p]
		share := math.Exp(v.Data - loss.Parents()[0].Data)
		fmt.Fprintf(&b, "%-9d%12.5f%14.5f%22.5f\n", p, share, v.Grad, v.Grad*x.Data)
		sum += v.Grad * x.Data
		p++
	}
	fmt.Fprintf(&b, "%-9s%12s%14s%22.5f\n", "sum", "", "", sum)
	if math.Abs(sum-w.Grad) > 1e-15 || p != len(s.texts[0])-1 {
		t.Errorf("the %d contributions to out[%s,0] sum to %v, want %v", p, name, sum, w.Grad)
	}
	return b.String()
}

// step returns the first step of Adam for the parameter of [backward].
func step(t *testing.T) string {
	t.Helper()
	s, m := defaults(t, settings.Exact)
	tr, row := newTrainer(t, s, m), int(s.texts[0][1])
	w, o := m.out[row][0], s.Optimizer()
	before := w.Data
	if err := tr.train(s.texts, o, 0, 1, 1, func(float64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	at := tr.shared.Index(w)
	state, after := o.State(), tr.shared.Numbers()[at]
	mean, square, g := state.Memory[0][at], state.Memory[1][at], tr.shared.Gradient()[at]
	if want := before - 0.01*(mean/0.15)/(math.Sqrt(square/0.01)+1e-8); math.Abs(after-want) > 1e-15 {
		t.Errorf("Adam steps to %v, want %v", after, want)
	}
	return fmt.Sprintf("g = %.5f    m = 0.15·g = %.6f    v = 0.01·g² = %.3g\n"+
		"w = %.5f − 0.01·(m/0.15)/(√(v/0.01) + 10⁻⁸) = %.5f\n", g, mean, square, before, after)
}

// listing returns the program of the loss of a text of one letter.
func listing(t *testing.T) string {
	t.Helper()
	s, m := defaults(t, settings.Fast)
	tr := &trainer{learner: m, programs: map[int]*replay.Program{}}
	p, err := tr.program(3)
	if err != nil || s == nil {
		t.Fatal(err)
	}
	return p.String()
}

// shown are the derivatives of one head that the README has: those on the way to the first key and to
// the query.
var shown = []string{
	"dmean1/dv1_1", "dmean1/da1", "da1/dsum", "dmean1/dsum", "∂a1/∂e1", "dmean1/de1", "∂e1/∂fit1",
	"dmean1/dfit1",
	"dfit1/dqk1", "dmean1/dqk1", "dqk1/dk1_1", "dmean1/dk1_1", "dqk1/dq1", "dmean1/dq1",
}

// compareHead compares the picture of a head in the README with the graph: all that it says but for the
// digits of its numbers, of which those of 10⁻¹⁷ differ between processors.
func compareHead(t *testing.T, mean *gradus.Value) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "head.svg")
	if err := show.Save(file, mean); err != nil {
		t.Fatal(err)
	}
	var words [2][]string
	for i, file := range []string{"head.svg", file} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range regexp.MustCompile(`>[^<]+<`).FindAllString(string(text), -1) {
			words[i] = append(words[i], regexp.MustCompile(` -?\d.*\d`).ReplaceAllString(word, " #"))
		}
	}
	if diff := cmp.Diff(words[0], words[1]); diff != "" || len(words[0]) < 100 {
		t.Errorf("head.svg is not the picture of the head (-head.svg +head), %d words:\n%s", len(words[0]), diff)
	}
}

// headLines returns the derivation of one head of the model that is trained with the default flags, as
// far as it is shown. What rounding leaves of 0 is written as 0.
func headLines(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "head.txt")
	s, m := defaults(t, settings.Exact)
	tr := newTrainer(t, s, m)
	if err := tr.train(s.texts, s.Optimizer(), 0, 1000, 1, func(float64) error { return nil }); err != nil {
		t.Fatal(err)
	}
	tr.shared.Store()
	if err := show.Save(file, m.head(s.Texts[0])); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	compareHead(t, m.head(s.Texts[0]))
	derivation, _, _ := strings.Cut(string(text), "\nWhat Backward does")
	derivation = regexp.MustCompile(`-?\d\.\d+e-1[5-9]`).ReplaceAllString(derivation, "0")
	var b strings.Builder
	kept, found := false, 0
	for line := range strings.Lines(derivation) {
		if !strings.HasPrefix(line, " ") {
			name, _, _ := strings.Cut(line, " ")
			if kept = slices.Contains(shown, name); kept {
				found++
			}
		}
		if kept {
			b.WriteString(line)
		}
	}
	if found != len(shown) {
		t.Errorf("%d of %d derivatives are in the derivation", found, len(shown))
	}
	return b.String()
}
