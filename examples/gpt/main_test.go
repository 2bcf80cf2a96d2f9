package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus/examples/gpt/internal/checkpoint"
	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/internal/corpus"
	"github.com/gradus-go/gradus/internal/tidy"
)

func TestMain(m *testing.M) { os.Exit(tidy.Main(m)) }

// gpt returns the program with a context that can interrupt it.
func gpt(ctx context.Context) golden.Program {
	return func(args []string, stdout, stderr io.Writer) int {
		return command(ctx, args, stdout, stderr)
	}
}

// Package math and the kernels differ between architectures in the last bit. After a thousand steps a
// loss differs by 1e-12 at most, but one of five digits may then be rounded the other way.
const lastDigit = 1.01e-4

func TestGolden(t *testing.T) {
	for _, test := range []struct {
		file, args string
		pictures   int
	}{
		{"default", "", 1},
		{"stage0", "-stage 0", 0},
		{"quick", "-quick", 0},
		{"stage1", "-stage 1 -steps 100 -quick", 0},
		{"stage2", "-stage 2 -steps 300", 1},
		{"stage3", "-stage 3 -steps 300 -quick", 0},
		{
			"stage4", "-stage 4 -quick -steps 300 -heads 2 -layers 2 -batch 2 -width 8 -context 6 " +
				"-samples 3 -temperature 1", 0,
		},
	} {
		t.Run(test.file, func(t *testing.T) {
			args := "-out pictures " + test.args
			got := gpt(t.Context()).Compare(t, args, test.file+".golden", golden.Within(lastDigit))
			if test.pictures > 0 {
				if err := golden.Pictures("pictures", got, test.pictures); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// What is computed by hand, by replay in both ways and by a graph for every text is the same.
func TestModes(t *testing.T) {
	t.Chdir(t.TempDir())
	writeNames(t)
	for _, common := range []string{
		"-data names.txt -stage 2 -steps 40 -samples 4",
		"-data names.txt -quick -stage 4 -steps 40 -samples 4 -batch 3 -width 8",
		"-data names.txt -quick -stage 5 -steps 40 -samples 4",
	} {
		want := gpt(t.Context()).Output(t, common+" -out p")
		for _, mode := range []string{"exact", "eager"} {
			got := gpt(t.Context()).Output(t, common+" -out p -mode "+mode)
			if diff := golden.Within(lastDigit)(want, got); diff != "" {
				t.Errorf("%s: fast and %s differ (-fast +%s):\n%s", common, mode, mode, diff)
			}
		}
	}
	hand := gpt(t.Context()).Output(t, "-data names.txt -stage 1 -steps 40 -samples 4 -out p")
	values := gpt(t.Context()).Output(t, "-data names.txt -stage 2 -steps 40 -samples 4 -out p")
	_, hand, _ = strings.Cut(hand, "   step")
	_, values, _ = strings.Cut(values, "   step")
	hand = strings.ReplaceAll(hand, "stage 1", "stage 2")
	if diff := golden.Within(lastDigit)(hand, values); diff != "" {
		t.Errorf("stages 1 and 2 differ (-by hand +on Values):\n%s", diff)
	}
}

// Training that is interrupted, saved and loaded goes on to the bit as if it had not been interrupted.
func TestResume(t *testing.T) {
	for _, args := range []string{
		"-steps 60", "-steps 60 -mode exact -batch 2", "-steps 12 -mode eager", "-stage 3 -steps 60",
	} {
		t.Run(args, func(t *testing.T) {
			t.Chdir(t.TempDir())
			writeNames(t)
			args += " -data names.txt -quick"
			whole := gpt(t.Context()).Output(t, args+" -save whole.json")
			interrupted := gpt(golden.Countdown(t.Context(), 8)).Output(t, args+" -save part.json")
			if want := "\ninterrupted after step "; !strings.Contains(interrupted, want) {
				t.Fatalf("%q is not in:\n%s", want, interrupted)
			}
			if same(t, "whole.json", "part.json") {
				t.Error("the interrupted model is the whole one")
			}
			args = strings.TrimPrefix(args, "-stage 3") // which is in the file
			resumed := gpt(t.Context()).Output(t, args+" -load part.json -save end.json")
			if !strings.Contains(resumed, "Training goes on after step ") {
				t.Errorf("it does not say that training goes on:\n%s", resumed)
			}
			if !same(t, "whole.json", "end.json") {
				t.Error("resumed training ends elsewhere")
			}
			_, want, _ := strings.Cut(whole, "20 new texts")
			_, got, _ := strings.Cut(resumed, "20 new texts")
			want, _, _ = strings.Cut(want, "== ")
			got, _, _ = strings.Cut(got, "== ")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("the texts (-whole +resumed):\n%s", diff)
			}
		})
	}
}

func same(t *testing.T, file, other string) bool {
	t.Helper()
	x, errX := os.ReadFile(file)
	y, errY := os.ReadFile(other)
	if errX != nil || errY != nil {
		t.Fatal(errX, errY)
	}
	return string(x) == string(y)
}

// A model is saved without a name beside the picture. Interrupted at once, it is the one with which it
// began.
func TestInterruptedAtOnce(t *testing.T) {
	output, folder := gpt(golden.Countdown(t.Context(), 0)).NewFolder(t, "-steps 50", 1)
	if want := "interrupted after step 1 of 50"; !strings.Contains(output, want) {
		t.Errorf("%q is not in:\n%s", want, output)
	}
	s, err := checkpoint.Load(filepath.Join(folder, "gpt.json"))
	if err != nil || s.Optimizer.Steps != 1 || len(s.Params) != 4192 {
		t.Errorf("saved are %d steps and %d parameters, %v", s.Optimizer.Steps, len(s.Params), err)
	}
}

func TestData(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "texts.txt", "to be\nor not to be\n\nthat is the question über alles\n")
	got := gpt(t.Context()).Output(t, "-data texts.txt -steps 20 -out p -samples 2 -show head.svg")
	for _, want := range []string{
		"3 texts from texts.txt, with 15 different characters.", "1 text is too long for the model",
		"over all 35 predictions of the 3 texts",
		"== Graph, in head.svg",
	} {
		if !strings.Contains(strings.ReplaceAll(got, "\n", " "), want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
}

// writeNames writes some of the names that the program carries into names.txt.
func writeNames(t *testing.T) {
	t.Helper()
	c, err := corpus.Names()
	if err != nil {
		t.Fatal(err)
	}
	write(t, "names.txt", strings.Join(c.Texts[:300], "\n"))
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestExitStatus(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "texts.txt", "ab\nba\n")
	write(t, "empty.txt", "\n")
	write(t, "bad.json", "{}")
	gpt(t.Context()).Output(t, "-data texts.txt -steps 1 -out p -width 4 -save ab.json")
	wrong := func(value, flag, want string) string {
		return fmt.Sprintf("gpt: invalid value %q for flag -%s: want %s\nusage: ", value, flag, want)
	}
	gpt(t.Context()).Calls(t, []golden.Call{
		{"help", "-h", 0, ""},
		{"stage", "-stage 6", 2, wrong("6", "stage", "a whole number from 0 to 5")},
		{"mode", "-mode slow", 2, wrong("slow", "mode", "one of fast, exact, eager")},
		{"temperature", "-temperature 0", 2, wrong("0", "temperature", "a number from 0.01 to 100")},
		{"batch", "-batch 0", 2, wrong("0", "batch", "a whole number from 1 to 10000")},
		{"width", "-width 257", 2, wrong("257", "width", "a whole number from 1 to 256")},
		{
			"heads", "-heads 3", 2,
			"gpt: the width 16 cannot be split among 3 heads, want a multiple of 3\nusage: ",
		},
		{
			"one head", "-stage 3 -heads 2", 2,
			"gpt: -stage and -heads exclude each other: only the stages from 4 on may have several\nusage: ",
		},
		{
			"no attention", "-stage 2 -show graph.svg", 2,
			"gpt: -stage and -show exclude each other: stages 0 to 2 have no attention\nusage: ",
		},
		{
			"own seed", "-load ab.json -seed 1", 2,
			"gpt: -load and -seed exclude each other: the file of -load has its own\nusage: ",
		},
		{
			"huge", "-width 256 -layers 16 -context 256", 2,
			"gpt: the graph of a text would have about 3241541632 products, want at most 10000000: " +
				"a smaller -width, -layers or -context\nusage: ",
		},
		{"no data", "-data none.txt -out p", 1, "gpt: open none.txt: no such file or directory\n"},
		{"empty data", "-data empty.txt -out p", 1, "gpt: empty.txt has no text, want a text a line\n"},
		{"a folder of data", "-data p", 1, "gpt: p: it is a folder, want a file with a text a line\n"},
		{"no model", "-load none.json -out p", 1, "gpt: open none.json: no such file or directory\n"},
		{
			"bad model", "-load bad.json -out p", 1,
			`gpt: bad.json: format "", version 0: want "gradus gpt", version 1` + "\n",
		},
		{
			"other letters", "-load ab.json -out p", 1,
			`gpt: ab.json: the model was trained on texts of the characters "ab", not on ` +
				`"abcdefghijklmnopqrstuvwxyz": want the -data that it was trained on` + "\n",
		},
		{
			"diverges", "-stage 3 -rate 100 -out p", 1,
			"gpt: the loss of step ",
		},
		{"same file", "-save x.svg -show x.svg", 2, "gpt: "},
		{
			"the texts", "-data texts.txt -save texts.txt", 2,
			"gpt: -save and -data: texts.txt and texts.txt are the same file, want different ones\nusage: ",
		},
		{"no folder", "-save none/x.json", 1, "gpt: none/x.json: there is no folder none to write the file in\n"},
	})
}

// A model that has had all its steps is not trained any more, and says so. Characters that do something to a
// terminal are not printed.
func TestTrained(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "texts.txt", "\x1b\x1b\n\x1b\n")
	gpt(t.Context()).Output(t, "-data texts.txt -steps 5 -out p -width 4 -save m.json")
	got := gpt(t.Context()).Output(t, "-data texts.txt -steps 5 -out p -load m.json -save n.json")
	for _, want := range []string{
		"The model has had 5 steps. With more -steps, training goes on.\n\n", `"\x1b`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in:\n%s", want, got)
		}
	}
	if strings.Contains(got, "\x1b") || strings.Contains(got, "step  ") {
		t.Errorf("an escape or the head of a table is in:\n%q", got)
	}
	if !same(t, "m.json", "n.json") {
		t.Error("the model has changed")
	}
}

// Any two flags work together, or are refused before anything is done.
func TestPairs(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "texts.txt", "ab\nba\nabba\n")
	gpt(t.Context()).Output(t, "-data texts.txt -steps 1 -out p -width 4 -save ab.json")
	gpt(t.Context()).Pairs(t, "-steps 2 -out p -samples 2 -data texts.txt",
		"-stage 0", "-stage 1", "-stage 2", "-stage 3", "-stage 4", "-seed 3", "-steps 0", "-batch 5", "-rate 0.2",
		"-width 8", "-heads 2", "-layers 2", "-context 1", "-mode exact", "-mode eager", "-samples 0",
		"-temperature 2", "-quick",
		"-load ab.json", "-save new.json", "-out q", "-show head.html", "-show head.txt", "-show none/head.svg")
}

// A file that is cut off, or whose numbers do not fit each other, is refused.
func TestBrokenModels(t *testing.T) {
	t.Chdir(t.TempDir())
	write(t, "texts.txt", "ab\nba\n")
	gpt(t.Context()).Output(t, "-data texts.txt -steps 1 -out p -width 4 -save ab.json")
	text, err := os.ReadFile("ab.json")
	if err != nil {
		t.Fatal(err)
	}
	var good map[string]any
	if err := json.Unmarshal(text, &good); err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string]func(m map[string]any){
		"params":    func(m map[string]any) { m["params"] = []float64{1, 2} },
		"stage":     func(m map[string]any) { m["stage"] = 2 },
		"width":     func(m map[string]any) { m["width"] = 8 },
		"heads":     func(m map[string]any) { m["heads"] = 0 },
		"letters":   func(m map[string]any) { m["letters"] = "abc" },
		"version":   func(m map[string]any) { m["version"] = 2 },
		"optimizer": func(m map[string]any) { m["optimizer"].(map[string]any)["params"] = 1 },
		"memory": func(m map[string]any) {
			m["optimizer"].(map[string]any)["memory"] = [][]float64{{1}, {2}}
		},
		"no memory":      func(m map[string]any) { m["optimizer"].(map[string]any)["memory"] = nil },
		"an unknown key": func(m map[string]any) { m["more"] = 1 },
	} {
		var m map[string]any
		if err := json.Unmarshal(text, &m); err != nil {
			t.Fatal(err)
		}
		change(m)
		changed, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		write(t, "changed.json", string(changed))
		_, stderr := gpt(t.Context()).Fails(t, "-data texts.txt -load changed.json -out p")
		if !strings.HasPrefix(stderr, "gpt: changed.json: ") {
			t.Errorf("%s: stderr is %q", what, stderr)
		}
	}
	for _, n := range []int{0, 1, len(text) / 2, len(text) - 3} {
		write(t, "changed.json", string(text[:n]))
		if _, stderr := gpt(t.Context()).Fails(t, "-data texts.txt -load changed.json -out p"); !strings.HasPrefix(
			stderr, "gpt: changed.json: it is no model that -save has written") {
			t.Errorf("cut off after %d bytes: stderr is %q", n, stderr)
		}
	}
}
