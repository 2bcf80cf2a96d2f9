package train_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// interrupted trains until the given number of batches are done.
func interrupted(t *testing.T, c train.Config, batches int) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	c.Callback = func(train.State) {
		if batches--; batches == 0 {
			cancel()
		}
	}
	if err := train.Run(ctx, c); !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want one of an interruption", err)
	}
}

// A training that was interrupted after any batch, and goes on, has the states and the parameters of one
// that was not, to the bit. In it are masks, weights, steps of two batches, a validation loss, and an
// optimiser that remembers.
func TestResume(t *testing.T) {
	for name, eager := range ways {
		whole := own(eager)
		want := states(t, whole)
		for batches := 1; batches < len(want); batches++ {
			file := filepath.Join(t.TempDir(), "checkpoint.json")
			first := own(eager)
			first.Checkpoint = file
			interrupted(t, first, batches)
			second := own(eager)
			second.Checkpoint = file
			second.Net.(masked).w[0].Data = 1000 // which the checkpoint knows better
			got := states(t, second)
			same := cmp.Options{cmpopts.EquateNaNs(), cmpopts.IgnoreUnexported(train.State{})}
			if diff := cmp.Diff(want[batches:], got, same); diff != "" {
				t.Fatalf("%s: after batch %d (-whole +continued):\n%s", name, batches, diff)
			}
			if diff := cmp.Diff(numbers(whole.Net), numbers(second.Net)); diff != "" {
				t.Fatalf("%s: interrupted after batch %d (-whole +continued):\n%s", name, batches, diff)
			}
		}
	}
}

// A training that is done is not done again, and goes on if there are more epochs. The Callback is called
// for what is trained, and for nothing else.
func TestResumeAtTheEnd(t *testing.T) {
	whole := own(false)
	whole.Epochs = 12
	want := states(t, whole)
	file := filepath.Join(t.TempDir(), "checkpoint.json")
	for _, tt := range []struct{ epochs, from int }{{8, 0}, {8, 32}, {6, 32}, {12, 32}} {
		c := own(false)
		c.Epochs, c.Checkpoint = tt.epochs, file
		got := states(t, c)
		for i := range got {
			got[i].Epochs = 12
		}
		same := cmp.Options{
			cmpopts.EquateNaNs(), cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(train.State{}),
		}
		if diff := cmp.Diff(want[tt.from:max(tt.from, 4*tt.epochs)], got, same); diff != "" {
			t.Errorf("%d epochs (-whole +continued):\n%s", tt.epochs, diff)
		}
		if tt.epochs == 12 && !cmp.Equal(numbers(whole.Net), numbers(c.Net)) {
			t.Errorf("parameters %v, want %v", numbers(c.Net), numbers(whole.Net))
		}
	}
}

// A training that ended early stays ended, with the best parameters.
func TestResumeAfterPatience(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint.json")
	for _, epochs := range []int{5, 0} {
		c := overfitting(false)
		c.Patience, c.Checkpoint = 3, file
		if n := len(states(t, c)); n != epochs || numbers(c.Net)[0] != 2 {
			t.Errorf("%d epochs, w = %v, want %d, 2", n, numbers(c.Net)[0], epochs)
		}
	}
}

// What does not fit is refused, with a sentence, and neither the file nor the network is changed.
func TestResumeErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint.json")
	c := own(false)
	c.Checkpoint = file
	interrupted(t, c, 6)
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	replaced := func(from, to string) func(*train.Config) string {
		return func(*train.Config) string {
			if strings.Count(string(text), from) != 1 {
				t.Errorf("the file has not one %s", from)
			}
			return strings.Replace(string(text), from, to, 1)
		}
	}
	changed := func(change func(c *train.Config)) func(*train.Config) string {
		return func(c *train.Config) string { change(c); return string(text) }
	}
	for _, tt := range []struct {
		file func(c *train.Config) string
		want string
	}{
		{changed(func(c *train.Config) { c.Seed = 6 }), "it was written with the seed 5, and this is 6"},
		{changed(func(c *train.Config) { c.Batch = 4 }), "it was written with batches of 3, and this is 4"},
		{
			changed(func(c *train.Config) { c.Accumulate = 0 }),
			"it was written with an Accumulate of 2, and this is 1",
		},
		{
			changed(func(c *train.Config) { c.Eager = true }),
			"it was written with an Eager of false, and this is true",
		},
		{changed(func(c *train.Config) { c.Data.X[10][1]++ }), "it was written with other Data or "},
		{changed(func(c *train.Config) { c.Validation.Weights[0]++ }), "it was written with other Data or "},
		{
			changed(func(c *train.Config) { c.Optimizer = optim.NewSGD(optim.Constant(1)) }),
			"it was written with the optimiser *optim.Adam, and this is *optim.SGD",
		},
		{
			changed(func(c *train.Config) { c.Net.(masked).w[2].As("v") }),
			"it was written with the name of parameter 3 w3, and this is v",
		},
		{
			changed(func(c *train.Config) { m := newMasked(); m.w[3].As("more"); c.Net = more{m} }),
			"it was written with a number of parameters of 4, and this is 5",
		},
		{
			changed(func(c *train.Config) { c.Loss = nn.HalfSquaredError }),
			"it was written with another loss, or with a network that computes something else",
		},
		{
			changed(func(c *train.Config) { c.Loss = nn.Huber(0.5) }),
			"it was written with another loss, or with a network that computes something else",
		},
		{func(*train.Config) string { return "" }, "it is no checkpoint of package train: EOF"},
		{
			func(*train.Config) string { return string(text[:200]) },
			"it is no checkpoint of package train: unexpected EOF",
		},
		{func(*train.Config) string { return string(text) + "1" }, "something stands behind the checkpoint"},
		{replaced(`"version":1`, `"version":2`), `it has the format "gradus training", version 2, want`},
		{
			replaced(`"epoch":2,"batches":2`, `"epoch":0,"batches":2`),
			"after 2 batches and 6 samples of epoch 0, want",
		},
		{replaced(`"epoch":2,"batches":2`, `"epoch":2,"batches":4`), "it was written after 4 batches of an epoch"},
		{replaced(`"format":"gradus training"`, `"format":"x"`), `it has the format "x", version 1, want "gradus`},
		{replaced(`"seed":5`, `"seed":5,"more":1`), "it is no checkpoint of package train: json: unknown field"},
		{replaced(`"epoch":2,"batches":2`, `"epoch":2,"batches":-1`), "after -1 batches and 6 samples of epoch 2"},
		{replaced(`"samples":6,"params"`, `"samples":-6,"params"`), "after 2 batches and -6 samples of epoch 2"},
		{replaced(`"best":{"epoch":1`, `"best":{"epoch":-1`), "the best of 4 parameters are 4 of epoch -1"},
		{replaced(`"best":{"epoch":1`, `"best":{"epoch":3`), "the best of 4 parameters are 4 of epoch 3"},
		{replaced(`"accumulated":{"batches":0`, `"accumulated":{"batches":1`), "of 1 batches and 0 samples"},
		{replaced(`"samples":6,"params":[`, `"samples":6,"params":[1,`), "it has 4 names and 5 parameters"},
		{replaced(`"best":{"epoch":1`, `"best":{"epoch":9`), "the best of 4 parameters are 4 of epoch 9"},
		{
			replaced(`"samples":0,"grad":[`, `"samples":0,"grad":[1,`),
			"it has accumulated 5 derivatives of 0 batches",
		},
		{replaced(`"sum":`, `"sum":1`), "it was edited or damaged, which its checksum tells"},
		{replaced(`"random":"`, `"random":"AAAA`), "it was edited or damaged, which its checksum tells"},
		{
			replaced(`"optimizer":{"steps":3,"params":4`, `"optimizer":{"steps":3,"params":3`),
			"its optimiser has 3 parameters, want 4",
		},
	} {
		c := own(false)
		c.Checkpoint = file
		broken := tt.file(&c)
		if err := os.WriteFile(file, []byte(broken), 0o600); err != nil {
			t.Fatal(err)
		}
		before := numbers(c.Net)
		err := train.Run(context.Background(), c)
		const hint = "; to begin anew, delete the file"
		if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.HasSuffix(err.Error(), hint) {
			t.Errorf("error %v, want one with %q", err, tt.want)
		}
		after, err := os.ReadFile(file)
		if err != nil || string(after) != broken || !cmp.Equal(before, numbers(c.Net)) {
			t.Errorf("%q: the file or the network was changed (error %v)", tt.want, err)
		}
	}
}

// A folder that does not exist is an error before anything is computed.
func TestCheckpointCannotBeWritten(t *testing.T) {
	c := own(false)
	c.Checkpoint = filepath.Join(t.TempDir(), "no", "checkpoint.json")
	c.Callback = func(train.State) { t.Error("the callback is called") }
	err := train.Run(context.Background(), c)
	want := "train: the checkpoint cannot be written to " + c.Checkpoint
	if !strings.HasPrefix(fmt.Sprint(err), want) {
		t.Errorf("error %v, want one that names the file", err)
	}
}

// more is a model with one parameter more.
type more struct{ masked }

func (m more) Params() []*gradus.Value {
	return append([]*gradus.Value{gradus.New(0).As("w0")}, m.w...)
}

// A checkpoint belongs to an activation, to the numbers in a loss and to the order of operands, but not to
// the numbers of the parameters.
func TestCheckpointOfAnotherGraph(t *testing.T) {
	file := filepath.Join(t.TempDir(), "checkpoint.json")
	scaled := func(k float64, swapped bool) nn.Loss {
		return func(y, t []*gradus.Value) *gradus.Value {
			if swapped {
				y, t = t, y
			}
			return y[0].Sub(t[0]).Square().Mul(gradus.New(k))
		}
	}
	for _, tt := range []struct {
		activation nn.Activation
		loss       nn.Loss
		fits       bool
	}{
		{nn.LeakyReLU(0.1), scaled(0.5, false), true}, // writes the file
		{nn.LeakyReLU(0.1), scaled(0.5, false), true},
		{nn.LeakyReLU(0.2), scaled(0.5, false), false},
		{nn.LeakyReLU(0.1), scaled(0.25, false), false},
		{nn.LeakyReLU(0.1), scaled(0.5, true), false},
	} {
		c := small()
		c.Checkpoint, c.Loss = file, tt.loss
		mlp(c).Layers[0].Activation = tt.activation
		mlp(c).Layers[0].Neurons[0].B.Data = -2
		if err := train.Run(context.Background(), c); (err == nil) != tt.fits {
			t.Errorf("%s: error %v, want one: %t", tt.activation.Name(), err, !tt.fits)
		}
	}
}
