package layer_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/layer"
)

// wantRefused checks that a function panics with a sentence that begins so, after the name of the package.
func wantRefused(t *testing.T, what, begins string, f func()) {
	t.Helper()
	defer func() {
		if got := fmt.Sprint(recover()); !strings.HasPrefix(got, "layer: "+begins) {
			t.Errorf("%s: panic %s, want layer: %s…", what, got, begins)
		}
	}()
	f()
}

// nameOf returns what sentences call a model.
func nameOf(m nn.Model) string { return reflect.Indirect(reflect.ValueOf(m)).Type().Name() }

// Each layer says which of its methods got too few inputs, too many, none or a nil one.
func TestWrongInputs(t *testing.T) {
	for name, m := range models() {
		who := nameOf(m) + ".Forward: "
		n := inputsOf[name]
		x := gradus.Values(make([]float64, n+1))
		wrong := []int{0, n - 1, n + 1} // all layers for vectors take more than one number
		if _, ok := m.(*layer.Embedding); ok {
			wrong = []int{0}
		}
		for _, k := range wrong {
			wantRefused(t, fmt.Sprintf("%s, %d inputs", name, k), who+"got ", func() { m.Forward(x[:k]...) })
		}
		x[n-1] = nil
		wantRefused(t, name, fmt.Sprintf("%sinput %d is nil", who, n), func() { m.Forward(x[:n]...) })
	}
	two, three := gradus.Values([]float64{0, 0}), gradus.Values([]float64{0, 0, 0})
	bad := slices.Clone(two)
	bad[1] = nil
	rng := newRand()
	lstm := layer.NewLSTM(rng, layer.Cell{Inputs: 2, Units: 2})
	gru := layer.NewGRU(rng, layer.Cell{Inputs: 2, Units: 2})
	attention := layer.NewAttention(rng, layer.Attention{Width: 2})
	for _, wrong := range [][]*gradus.Value{three, bad, nil} {
		past := func(key, value []*gradus.Value) *layer.Past {
			return &layer.Past{Keys: [][]*gradus.Value{key}, Values: [][]*gradus.Value{value}}
		}
		for what, f := range map[string]func(){
			"LSTM.Step: ":                           func() { lstm.Step(wrong, two, two) },
			"LSTM.Step: the state: ":                func() { lstm.Step(two, wrong, two) },
			"LSTM.Step: the memory: ":               func() { lstm.Step(two, two, wrong) },
			"GRU.Step: ":                            func() { gru.Step(wrong, two) },
			"GRU.Step: the state: ":                 func() { gru.Step(two, wrong) },
			"Attention.Step: ":                      func() { attention.Step(wrong, new(layer.Past)) },
			"Attention.Step: a key of the Past: ":   func() { attention.Step(two, past(wrong, two)) },
			"Attention.Step: a value of the Past: ": func() { attention.Step(two, past(two, wrong)) },
		} {
			wantRefused(t, what, what, f)
		}
	}
	more := &layer.Past{Keys: [][]*gradus.Value{two}}
	wantRefused(t, "a key without a value", "Attention.Step: the Past", func() { attention.Step(two, more) })
}

// Each layer says which method was called of one that was not made by its constructor: that has not the
// layers or the sizes that it needs.
func TestBrokenLayers(t *testing.T) {
	for name, m := range models() {
		v := reflect.ValueOf(m)
		if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
			continue
		}
		x := gradus.Values(make([]float64, inputsOf[name]))
		for i := range v.Elem().NumField() {
			field := v.Elem().Field(i)
			what := v.Elem().Type().Field(i).Name
			var broken []any
			switch old := field.Interface().(type) {
			case *nn.Layer:
				fewer := &nn.Layer{Neurons: old.Neurons[1:], Activation: old.Activation}
				broken = []any{(*nn.Layer)(nil), fewer}
			case layer.Cell:
				broken = []any{layer.Cell{}, layer.Cell{Inputs: old.Inputs, Units: old.Units + 1}}
			}
			for _, b := range broken {
				old := reflect.ValueOf(field.Interface())
				field.Set(reflect.ValueOf(b))
				wantRefused(t, name+": "+what, nameOf(m)+".Forward: ", func() { m.Forward(x...) })
				wantRefused(t, name+": "+what, nameOf(m)+".Params: ", func() { m.Params() })
				field.Set(old)
			}
		}
	}
}

// fans is an Init that tells which fans it gets.
func fans(_ *rand.Rand, fanIn, fanOut int) float64 { return float64(100*fanIn + fanOut) }

// What a constructor is given is used: layers and rows of another one, initial numbers, and sizes to their
// bounds.
func TestGiven(t *testing.T) {
	rng, image := newRand(), layer.Image{Height: 2, Width: 2, Channels: 1}
	first := layer.NewAttention(rng, layer.Attention{Width: 2})
	second := layer.NewAttention(rng, layer.Attention{Width: 2, Key: first.Key})
	if second.Key != first.Key || second.Query == first.Query {
		t.Error("an attention with a Key that is given has another one, or the query of another one")
	}
	conv := layer.NewConv(nil, layer.Conv{
		In: image, Filters: 2, Size: 2, Init: nn.Constant(4), BiasInit: nn.Constant(3),
	})
	if got := data(conv.Params()); !slices.Equal(got, []float64{4, 4, 4, 4, 3, 4, 4, 4, 4, 3}) {
		t.Errorf("the parameters of a convolution are %v, want weights of 4 and biases of 3", got)
	}
	cell := layer.Cell{Inputs: 1, Units: 1, Init: nn.Constant(4), BiasInit: nn.Constant(3)}
	if got := data(layer.NewLSTM(nil, cell).Params()); !slices.Equal(got, slices.Repeat([]float64{4, 4, 3}, 4)) {
		t.Errorf("the parameters of an LSTM are %v, want weights of 4 and biases of 3", got)
	}
	table := layer.NewEmbedding(rng, layer.Embedding{Tokens: 3, Width: 2, Init: fans})
	if got := data(table.Params()); !slices.Equal(got, slices.Repeat([]float64{302}, 6)) {
		t.Errorf("the numbers of an embedding are %v, want 302, of fanIn 3 and fanOut 2", got)
	}
	const most = 1 << 15
	wantRefused(t, "a wide attention", "NewAttention: got Width 32769", func() {
		layer.NewAttention(rng, layer.Attention{Width: most + 1})
	})
	wantRefused(t, "no filters", "NewConv: Filters is 0", func() {
		layer.NewConv(rng, layer.Conv{In: image, Size: 1})
	})
	wantRefused(t, "many numbers", "NewEmbedding: got 1073741824 Tokens and Width 2, want at most 2³⁰", func() {
		layer.NewEmbedding(rng, layer.Embedding{Tokens: 1 << 30, Width: 2})
	})
}
