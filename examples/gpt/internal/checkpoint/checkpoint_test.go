package checkpoint

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/recipe"
	"github.com/gradus-go/gradus/nn/optim"
)

// tiny is the smallest model: of texts of the letter a.
var tiny = State{
	Stage: 5, Seed: 1<<64 - 1, Letters: "a",
	Shape: recipe.Shape{Width: 1, Heads: 1, Layers: 1, Context: 1},
}

// saved saves a tiny model after a step, whose optimiser sees the parameters in the reverse order, and
// returns the model, its parameters in that order, the optimiser, and the file.
func saved(tb testing.TB) (params, seen []*gradus.Value, adam *optim.Adam, file string) {
	tb.Helper()
	n := tiny.Shape.Params(1)
	x, grad := make([]float64, n), make([]float64, n)
	for i := range n {
		params = append(params, gradus.New(float64(i)))
		seen = append([]*gradus.Value{params[i]}, seen...)
		grad[i] = float64(i)
	}
	adam = optim.NewAdam(optim.Constant(0.1))
	adam.Step(x, grad)
	file = filepath.Join(tb.TempDir(), "model.json")
	if err := tiny.Save(file, params, seen, adam); err != nil {
		tb.Fatal(err)
	}
	return params, seen, adam, file
}

// What is saved in one order of the parameters can be restored in another one.
func TestSaveAndRestore(t *testing.T) {
	params, seen, adam, file := saved(t)
	n := len(params)
	s, err := Load(file)
	if err != nil {
		t.Fatal(err)
	}
	if want := adam.State().Memory[0][0]; s.Optimizer.Memory[0][n-1] != want {
		t.Errorf("the memory of the last parameter is %v, want %v, which the optimiser has first",
			s.Optimizer.Memory[0][n-1], want)
	}
	for _, p := range params {
		p.Data = -1
	}
	o := optim.NewAdam(optim.Constant(0.1))
	if err := s.Restore("a", params, seen, o); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(adam.State(), o.State()); diff != "" {
		t.Errorf("the optimiser (-saved +restored):\n%s", diff)
	}
	for i, p := range params {
		if p.Data != float64(i) {
			t.Errorf("parameter %d is %v", i, p.Data)
		}
	}
}

// Load refuses a file, or returns a model that Restore takes.
func FuzzLoad(f *testing.F) {
	_, _, _, file := saved(f)
	text, err := os.ReadFile(file)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"format":"gradus gpt","version":1}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		file := filepath.Join(t.TempDir(), "model.json")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Load(file)
		if err != nil {
			return
		}
		params := make([]*gradus.Value, len(s.Params))
		for i := range params {
			params[i] = gradus.New(0)
		}
		_ = s.Restore(s.Letters, params, params, optim.NewAdam(optim.Constant(0.1)))
	})
}
