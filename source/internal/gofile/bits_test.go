package gofile

import (
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/listing"
	"github.com/gradus-go/gradus/replay"
)

// A sample is a graph, and what it says that a generated function must return.
type sample struct {
	name           string
	out            *gradus.Value
	inputs, params []*gradus.Value
}

// A run is what a generated function is given and must return, as bits.
type run struct{ W, X, Want []uint64 }

func bits(x []float64) []uint64 {
	b := make([]uint64, len(x))
	for i, x := range x {
		if b[i] = math.Float64bits(x); x != x {
			b[i] = math.Float64bits(math.NaN())
		}
	}
	return b
}

// expected returns the numbers of the graph, by Backward.
func (s *sample) expected() run {
	var w, x, want []float64
	s.out.ZeroGrad()
	for _, v := range s.params {
		v.ZeroGrad()
	}
	s.out.Backward()
	want = append(want, s.out.Data)
	for _, v := range s.params {
		w, want = append(w, v.Data), append(want, v.Grad)
	}
	for _, v := range s.inputs {
		x = append(x, v.Data)
	}
	return run{bits(w), bits(x), bits(want)}
}

// described returns the description with the parameters in the order of the list.
func described(t *testing.T, s *sample) *listing.Program {
	t.Helper()
	p, err := replay.Recorder{Inputs: s.inputs, Params: s.params, Exact: true}.Record(s.out)
	if err != nil {
		t.Fatal(err)
	}
	d := listing.Of(p)
	for k := range d.Order {
		d.Order[k] = int32(d.Inputs + k)
	}
	return d
}

// runner returns the function that calls a generated one with slices.
func runner(t *testing.T, k int, s *sample) string {
	t.Helper()
	var args []string
	if len(s.params) > 0 {
		args = append(args, fmt.Sprintf("(*[%d]float64)(w)", len(s.params)))
	}
	if newGraph(described(t, s)).inArray {
		args = append(args, fmt.Sprintf("(*[%d]float64)(x)", len(s.inputs)))
	} else {
		for i := range s.inputs {
			args = append(args, fmt.Sprintf("x[%d]", i))
		}
	}
	if len(s.params) > 0 {
		args = append(args, fmt.Sprintf("(*[%d]float64)(dw)", len(s.params)))
	}
	return fmt.Sprintf("func(w, x, dw []float64) float64 { return F%d(%s) },\n", k, strings.Join(args, ", "))
}

const mainText = `
func main() {
	var runs []struct{ W, X, Want []uint64 }
	if err := json.NewDecoder(os.Stdin).Decode(&runs); err != nil {
		panic(err)
	}
	numbers := func(bits []uint64) (x []float64) {
		for _, b := range bits {
			x = append(x, math.Float64frombits(b))
		}
		return x
	}
	for k, r := range runs {
		w, x, dw := numbers(r.W), numbers(r.X), make([]float64, len(r.W))
		for i := range dw {
			dw[i] = 99 // which must be overwritten
		}
		got := []float64{functions[k](w, x, dw)}
		for i, z := range append(got, dw...) {
			want := math.Float64frombits(r.Want[i])
			if math.Float64bits(z) != r.Want[i] && !(z != z && want != want) {
				fmt.Printf("%d %d %v %v\n", k, i, z, want)
			}
		}
	}
}
`

// written returns the function that is generated for a graph.
func written(t *testing.T, function string, s *sample) string {
	t.Helper()
	g := newGraph(described(t, s))
	first := newWriter(g, function, nil)
	first.body()
	second := newWriter(g, function, first.occurrences())
	second.body()
	return second.function(function)
}

// mustAgree generates a function for each graph, compiles them together, runs them, and compares their
// results with those of Backward, bit by bit.
func mustAgree(t *testing.T, samples []*sample) {
	t.Helper()
	var functions, table string
	var runs []run
	for k, s := range samples {
		functions += written(t, fmt.Sprint("F", k), s)
		table += runner(t, k, s)
		runs = append(runs, s.expected())
	}
	text := strings.Replace(withHelpers(functions), "import \"math\"\n", "", 1)
	text = "package main\n\nimport (\n\"encoding/json\"\n\"fmt\"\n\"math\"\n\"os\"\n)\n\n" +
		"var functions = []func(w, x, dw []float64) float64{\n" +
		table + "}\n" + mainText + text
	folder := t.TempDir()
	for name, text := range map[string]string{"go.mod": "module generated\n\ngo 1.24\n", "main.go": text} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	mustNotFuse(t, folder)
	// The program must have the functions of package math that this test has. An emulated test calls a
	// command go that is not emulated: it builds for the processor of the test, and runs what it
	// builds in the emulator.
	args := []string{"run"}
	if emulator, err := exec.LookPath("qemu-aarch64"); err == nil && runtime.GOARCH == "arm64" {
		args = append(args, "-exec", emulator)
	}
	command := exec.Command("go", append(args, ".")...)
	command.Dir, command.Env = folder, append(os.Environ(), "GOARCH="+runtime.GOARCH)
	stdin, err := json.Marshal(runs)
	if err != nil {
		t.Fatal(err)
	}
	command.Stdin = strings.NewReader(string(stdin))
	out, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("go run: %v\n%s", err, out)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		if line == "" || i > 20 {
			break
		}
		var k, at int
		var got, want string
		if _, err := fmt.Sscan(line, &k, &at, &got, &want); err != nil {
			t.Fatalf("the generated program prints %q: %v", line, err)
		}
		t.Errorf("%s: number %d (0 is the output, then the gradient) is %s, want %s",
			samples[k].name, at, got, want)
	}
}

// mustNotFuse compiles the functions for arm64, where Go may fuse a product and a sum, and wants no
// such instruction.
func mustNotFuse(t *testing.T, folder string) {
	t.Helper()
	binary := filepath.Join(folder, "arm64")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir, build.Env = folder, append(os.Environ(), "GOARCH=arm64", "GOOS=linux")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	out, err := exec.Command("go", "tool", "objdump", "-s", `^main\.`, binary).Output()
	if err != nil || !strings.Contains(string(out), "FMULD") {
		t.Fatalf("go tool objdump: %v; there is no product", err)
	}
	for line := range strings.Lines(string(out)) {
		if strings.Contains(line, "FMADDD") || strings.Contains(line, "FMSUBD") || strings.Contains(line, "FNM") &&
			!strings.Contains(line, "FNMUL") {
			t.Fatalf("a product and a sum are fused: %s", line)
		}
	}
}
