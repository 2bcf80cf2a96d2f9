package torchrun

import (
	_ "embed" // values.py
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay"
	"github.com/gradus-go/gradus/source/torch"
)

//go:embed values.py
var values string

// A Model is a graph with numbers.
type Model struct {
	Name   string
	Params []float64
	Labels []string    // of the parameters; nil if they have none
	Inputs [][]float64 // a row for each sample
	// Build returns the outputs for parameters and inputs.
	Build func(p, x []*gradus.Value) []*gradus.Value
	// Recorder says how the program is recorded, but for the inputs and parameters.
	Recorder replay.Recorder
}

// graph builds the graph of a sample.
func (m Model) graph(sample []float64) (p, x, outputs []*gradus.Value) {
	p, x = gradus.Values(m.Params), gradus.Values(sample)
	for i, label := range m.Labels {
		p[i].As(label)
	}
	return p, x, m.Build(p, x)
}

// Record records the graph of the first sample. It returns the parameters as well, in the order of
// Params.
func (m Model) Record(tb testing.TB) (*replay.Program, []*gradus.Value) {
	tb.Helper()
	p, x, outputs := m.graph(m.Inputs[0])
	r := m.Recorder
	r.Inputs, r.Params = x, p
	program, err := r.Record(outputs...)
	if err != nil {
		tb.Fatalf("%s: %v", m.Name, err)
	}
	return program, p
}

// Check writes models for PyTorch and compares what it computes with what the graphs do, without
// replay: the outputs, and the gradients of the sum of the first output over all samples, to 1e-12
// of their size, or of 1 if they are smaller. The parameters that PyTorch loads, saves, and
// ReadParams reads must be the same to the bit.
func Check(tb testing.TB, models ...Model) {
	tb.Helper()
	folder := tb.TempDir()
	type request struct {
		Name   string
		Inputs [][]float64
	}
	var requests []request
	recorded := make([]recording, len(models))
	for i, m := range models {
		recorded[i].program, recorded[i].params = m.Record(tb)
		if err := torch.Write(filepath.Join(folder, m.Name+".py"), recorded[i].program); err != nil {
			tb.Fatal(err)
		}
		requests = append(requests, request{m.Name, m.Inputs})
	}
	text, err := json.Marshal(requests)
	if err != nil {
		tb.Fatal(err)
	}
	var answers [][][]string
	script := filepath.Join(tb.TempDir(), "values.py")
	if err := os.WriteFile(script, []byte(values), 0o600); err != nil {
		tb.Fatal(err)
	}
	out := Run(tb, text, script, folder)
	if err := json.Unmarshal([]byte(out), &answers); err != nil || len(answers) != len(models) {
		tb.Fatalf("%d answers, want %d: %v", len(answers), len(models), err)
	}
	for i, m := range models {
		m.check(tb, recorded[i], folder, answers[i])
		if tb.Failed() {
			text, _ := os.ReadFile(filepath.Join(folder, m.Name+".py"))
			tb.Fatalf("the module is\n%s", text)
		}
	}
}

// check compares what PyTorch computed for a model.
func (m Model) check(tb testing.TB, r recording, folder string, outputs [][]string) {
	tb.Helper()
	gradient := make([]float64, len(m.Params))
	for s, sample := range m.Inputs {
		p, _, want := m.graph(sample)
		want[0].Backward()
		for i, v := range p {
			gradient[i] += v.Grad
		}
		for k, v := range want {
			got, err := strconv.ParseFloat(outputs[s][k], 64)
			if err != nil || !IsClose(got, v.Data) {
				tb.Errorf("%s: output %d of sample %d is %v, want %v; %v", m.Name, k, s, got, v.Data, err)
			}
		}
	}
	for i, got := range r.read(tb, filepath.Join(folder, m.Name+"_gradients.npz")) {
		if !IsClose(got, gradient[i]) {
			tb.Errorf("%s: the gradient of parameter %d is %v, want %v", m.Name, i, got, gradient[i])
		}
	}
	for i, got := range r.read(tb, filepath.Join(folder, m.Name+"_saved.npz")) {
		if math.Float64bits(got) != math.Float64bits(m.Params[i]) {
			tb.Errorf("%s: parameter %d is %v after a round trip, want %v", m.Name, i, got, m.Params[i])
		}
	}
}

// Read returns the numbers in a file that has one for each parameter, such as a gradient, in the
// order of Params.
func (m Model) Read(tb testing.TB, file string) []float64 {
	tb.Helper()
	program, params := m.Record(tb)
	return recording{program, params}.read(tb, file)
}

// A recording has the parameters in the order of Params.
type recording struct {
	program *replay.Program
	params  []*gradus.Value
}

// read is Read. It overwrites the program's numbers.
func (r recording) read(tb testing.TB, file string) []float64 {
	tb.Helper()
	if err := torch.ReadParams(file, r.program); err != nil {
		tb.Fatal(err)
	}
	numbers := make([]float64, len(r.params))
	for i, v := range r.params {
		numbers[i] = r.program.Data(v)
	}
	return numbers
}

// IsClose reports whether numbers agree to 1e-12 of their size, or of 1 if they are smaller.
func IsClose(got, want float64) bool {
	return math.Abs(got-want) <= 1e-12*max(1, math.Abs(want)) || got == want ||
		math.IsNaN(got) && math.IsNaN(want)
}
