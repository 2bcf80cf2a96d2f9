package formulas_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/play/internal/formulas"
)

// run runs a program and returns what it prints.
func run(t *testing.T, folder, name string, args ...string) []byte {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir = folder
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s %.200s: %v\n%.2000s", name, strings.Join(args, " "), err, stderr.String())
	}
	return out
}

// same fails unless a number of the view is the very number that another program has printed.
func same(t *testing.T, what, exact string, want float64) {
	t.Helper()
	got, err := strconv.ParseFloat(exact, 64)
	if err != nil || math.Float64bits(got) != math.Float64bits(want) && !(math.IsNaN(got) && math.IsNaN(want)) {
		t.Errorf("%s is %s, want %v", what, exact, want)
	}
}

// shown returns what the view shows of a text without faults.
func shown(t *testing.T, text string) formulas.Shown {
	t.Helper()
	s, err := formulas.Show(formulas.Asked{F: text})
	if err != nil || len(s.Faults) > 0 {
		t.Fatalf("%s\nhas the faults %v, error %v", text, s.Faults, err)
	}
	return s
}

// The command of 200 texts, pasted into bash, prints the numbers of the view to the last digit.
func TestTerminal(t *testing.T) {
	folder := t.TempDir()
	run(t, "", "go", "build", "-o", filepath.Join(folder, "gradus"), "github.com/gradus-go/gradus/cmd/gradus")
	texts := samples(t, 200)
	var script strings.Builder
	fmt.Fprintf(&script, "PATH='%s'\n", folder)
	for _, text := range texts {
		c, err := formulas.Command(formulas.Asked{F: text})
		if err != nil {
			t.Fatal(err)
		}
		command, ok := strings.CutPrefix(c.Text, "gradus eval ")
		if !ok {
			t.Fatalf("the command is %s, want gradus eval", c.Text)
		}
		script.WriteString("gradus eval -json " + command + "\n")
	}
	d := json.NewDecoder(bytes.NewReader(run(t, folder, "bash", "-e", "-c", script.String())))
	numbers := 0
	for _, text := range texts {
		var want struct {
			Of     string
			Values []struct {
				Name, Kind      string
				Value, Gradient any
			}
		}
		if err := d.Decode(&want); err != nil {
			t.Fatal(err)
		}
		s := shown(t, text)
		if s.Of != want.Of || len(s.Rows) != len(want.Values) {
			t.Fatalf("%s\nof %s with %d rows, want %s with %d", text, s.Of, len(s.Rows), want.Of, len(want.Values))
		}
		for i, v := range want.Values {
			row := s.Rows[i]
			if row.Name != v.Name || row.Kind != v.Kind || (row.Gradient == nil) != (v.Gradient == nil) {
				t.Fatalf("%s\nrow %v, want %v", text, row, v)
			}
			same(t, v.Name, row.Value.Exact, number(v.Value))
			if numbers++; v.Gradient != nil {
				same(t, "the gradient of "+v.Name, row.Gradient.Exact, number(v.Gradient))
				numbers++
			}
		}
	}
	if numbers < 2000 {
		t.Errorf("%d numbers were compared, want more", numbers)
	}
}

// number returns a number of the command's JSON, where those that JSON lacks are texts.
func number(x any) float64 {
	if f, ok := x.(float64); ok {
		return f
	}
	f, _ := strconv.ParseFloat(x.(string), 64)
	return f
}

// lanes is computed in loops, if it is written as Go.
const lanes = "w0=1;w1=2;w2=3;w3=4;w4=5;w5=6;w6=7;w7=8;w8=9;w9=10\n" +
	"a0=σ(w0);a1=σ(w1);a2=σ(w2);a3=σ(w3);a4=σ(w4)\n" +
	"a5=σ(w5);a6=σ(w6);a7=σ(w7);a8=σ(w8);a9=σ(w9)\nb0=a0²;b1=a1²;b2=a2²;b3=a3²;b4=a4²;b5=a5²;b6=a6²;b7=a7²\n" +
	"values=dot(w0..w7, b0..b7); gradients = sum(a0..a9)\nL = values·gradients"

// The program of a text runs in a folder where there is no gradus, and prints the same digits. Most programs
// are compiled as packages of one, since each would be linked otherwise.
func TestGo(t *testing.T) {
	folder := t.TempDir()
	write := func(name, text string) {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	texts := append(samples(t, 28), lanes)
	imports, calls := "", ""
	for i, text := range texts {
		c, err := formulas.Go(formulas.Asked{F: text})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			write("alone/main.go", c.Text)
		}
		p := fmt.Sprint("p", i)
		packaged := strings.Replace(c.Text, "\npackage main\n", "\npackage "+p+"\n", 1)
		write(p+"/p.go", strings.Replace(packaged, "\nfunc main() {\n", "\nfunc Main() {\n", 1))
		imports += fmt.Sprintf("import %q\n", "programs/"+p)
		calls += p + ".Main()\n"
	}
	write("go.mod", "module programs\n\ngo 1.24\n")
	write("main.go", "package main\n\n"+imports+"\nfunc main() {\n"+calls+"}\n")
	want := ""
	for i, text := range texts {
		want += printed(shown(t, text))
		if i == 0 {
			if got := string(run(t, filepath.Join(folder, "alone"), "go", "run", "main.go")); got != want {
				t.Errorf("the program prints\n%s\nwant\n%s", got, want)
			}
		}
	}
	if got := string(run(t, folder, "go", "run", ".")); got != want {
		t.Errorf("the programs print\n%s\nwant\n%s", got, want)
	}
}

// printed returns what the program of a text prints.
func printed(s formulas.Shown) string {
	lines := ""
	for _, c := range s.Rows {
		if c.Gradient != nil {
			value, gradient := go64(c.Value.Exact), go64(c.Gradient.Exact)
			lines += fmt.Sprintf("%s = %s d%s/d%s = %s\n", c.Name, value, s.Of, c.Name, gradient)
		}
	}
	return lines
}

// go64 returns a number as package fmt prints it.
func go64(exact string) string {
	x, _ := strconv.ParseFloat(exact, 64)
	return fmt.Sprint(x)
}
