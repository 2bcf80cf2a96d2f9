package network

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gradus-go/gradus/nn/health"
	"github.com/gradus-go/gradus/nn/train"
)

func start(t *testing.T, s Settings) *session {
	t.Helper()
	n, err := newSession(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(n.stop)
	return n
}

// bits returns the parameters of a network, as they are to the bit.
func bits(c config) (all []uint64) {
	for _, p := range c.net.Params() {
		all = append(all, math.Float64bits(p.Data))
	}
	return all
}

func equal[T comparable](x, y []T) bool {
	for i := range x {
		if x[i] != y[i] {
			return false
		}
	}
	return len(x) == len(y)
}

func epochs(n int) limit { return limit{end: time.Now().Add(time.Hour), epochs: n} }
func steps(n int) limit  { return limit{end: time.Now().Add(time.Hour), steps: n} }

var several = map[string]Settings{
	"default":           {},
	"micrograd's moons": moonsSettings,
	"Adam in batches": {
		Data: "spirals", Batch: "7", Opt: "Adam", Rate: "0.01", L2: "0.001", Act: "ReLU", Init: "He",
	},
	"AdamW, one point": {
		Data: "own", Batch: "1", Opt: "AdamW", L2: "0.01", Loss: "HalfSquaredError", Out: "sigmoid",
	},
	"no hidden layer": {Data: "line", Hidden: "0", Fall: "9", Batch: "64"},
}

// However often the page pauses, looks and goes on, the numbers are those of train.Run, to the bit.
func TestSessionIsTrainRun(t *testing.T) {
	const total = 12
	for name, s := range several {
		c, err := s.read()
		if err != nil {
			t.Fatal(err)
		}
		if err := train.Run(context.Background(), train.Config{
			Net: c.net, Loss: c.loss, Data: c.data, Optimizer: c.optimizer(), Batch: c.batch, Epochs: total,
			Seed: c.seed,
		}); err != nil {
			t.Fatal(err)
		}
		whole, pieces := start(t, s), start(t, s)
		whole.run(epochs(total))
		for pieces.epochs() < total {
			if pieces.at.Epoch < total-3 {
				pieces.run(steps(max(1, 2*c.steps/3)))
				pieces.snapshot()
				pieces.watched = [2]int{1, 1}
				pieces.run(limit{}) // which is over after a step
				if _, err := pieces.health(); err != nil {
					t.Fatal(err)
				}
			}
			pieces.run(epochs(1))
		}
		if !equal(bits(whole.config), bits(c)) {
			t.Errorf("%s: in one piece, the parameters are not those of train.Run", name)
		}
		if !equal(bits(pieces.config), bits(c)) {
			t.Errorf("%s: in pieces, the parameters are not those of train.Run", name)
		}
	}
}

// A step within an epoch shows the parameters after it.
func TestSteps(t *testing.T) {
	n := start(t, Settings{Batch: "50"})
	before := bits(n.config)
	for step := range 3 {
		n.run(steps(1))
		now := bits(n.config)
		if equal(before, now) || n.at.Batch != step+1 || n.at.Epoch != 1 {
			t.Errorf("step %d: batch %d of epoch %d, changed: %v", step, n.at.Batch, n.at.Epoch, !equal(before, now))
		}
		before = now
	}
	if s := n.snapshot(); s.Progress != "epoch 1, batch 3 of 4" || s.Epoch != 0 {
		t.Errorf("%s, %d epochs over", s.Progress, s.Epoch)
	}
}

// The losses of the preset are those that examples/moons prints.
func TestMoonsAsInTheTerminal(t *testing.T) {
	golden, err := os.ReadFile(filepath.FromSlash("../../../examples/moons/testdata/default.golden"))
	if err != nil {
		t.Fatal(err)
	}
	n, rows := start(t, moonsSettings), 0
	for line := range strings.Lines(string(golden)) {
		f := strings.Fields(line)
		if len(f) != 4 || f[3] != "100" && !strings.Contains(f[1], ".") {
			continue
		}
		var want [4]float64
		for i := range f {
			if want[i], err = strconv.ParseFloat(f[i], 64); err != nil {
				break
			}
		}
		if err != nil {
			continue
		}
		if want[0] > 0 {
			n.run(epochs(1))
		}
		loss := n.evaluate()
		for i, got := range []float64{loss, n.total(loss)} {
			if math.Abs(got-want[1+i]) > 1e-4*want[1+i] {
				t.Errorf("epoch %v: %.6g, want %v", want[0], got, want[1+i])
			}
		}
		if got := n.snapshot().Right; got != f[3]+" of 100" {
			t.Errorf("epoch %v: %s on their side, want %s", want[0], got, f[3])
		}
		rows++
	}
	if rows != 101 {
		t.Errorf("%d rows in the golden file, want 101", rows)
	}
	s := n.snapshot()
	if s.More || s.Epoch != 100 || s.Loss.Text != "0.0001622" || s.Total.Text != "0.0116" {
		t.Errorf("at last: more %v, epoch %d, loss %v, total %v", s.More, s.Epoch, s.Loss, s.Total)
	}
	if n.run(epochs(1)); n.at.Epoch != 101 || !n.snapshot().More {
		t.Error("training does not go on after the pause")
	}
}

// Training pauses after the epoch that is set, and can go on. What is shown then is on the curve.
func TestPause(t *testing.T) {
	n := start(t, Settings{Data: "own", Batch: "1", Stop: "15"})
	n.run(epochs(20))
	if s := n.snapshot(); n.at.Epoch != 15 || s.More || n.curve.epochs[len(n.curve.epochs)-1] != 15 {
		t.Errorf("epoch %d, more %v, curve at %v, want a pause at 15", n.at.Epoch, s.More, n.curve.epochs)
	}
	if n.run(epochs(20)); n.at.Epoch != 35 {
		t.Errorf("epoch %d, want 35", n.at.Epoch)
	}
}

// The gradients are those that graphs have, of the mean loss, up to rounding.
func TestGradients(t *testing.T) {
	for name, s := range several {
		n := start(t, s)
		n.run(epochs(11)) // after which no loss is noted
		n.watched = [2]int{len(n.hidden) + 1, 1}
		shown := n.snapshot()
		if _, err := health.Check(n.net, n.loss, n.data.X, n.data.T, n.rate); err != nil {
			t.Fatal(err)
		}
		neuron := n.net.Layers[len(n.hidden)].Neurons[0]
		for i, p := range neuron.Params() {
			got, err := strconv.ParseFloat(shown.Neuron.Rows[i].Grad.Exact, 64)
			if err != nil || math.Abs(got-p.Grad) > 1e-12*(1+math.Abs(p.Grad)) {
				t.Errorf("%s: ∂L/∂%s is shown as %v, want %v", name, p.Name(), got, p.Grad)
			}
			if got := shown.Neuron.Rows[i].Data.Exact; got != exact(p.Data) {
				t.Errorf("%s: %s is shown as %v, want %v", name, p.Name(), got, p.Data)
			}
		}
	}
}

// The picture shows the sign of the network's output, and a neuron's picture that of its weighted sum.
func TestPictures(t *testing.T) {
	n := start(t, Settings{Data: "circles"})
	n.run(epochs(200))
	var err error
	if n.neurons, err = n.newNeurons(); err != nil {
		t.Fatal(err)
	}
	s := n.snapshot()
	predictor, err := train.NewPredictor(n.net)
	if err != nil {
		t.Fatal(err)
	}
	side := cells(105)
	for i, b := range s.Field {
		x, y := n.view.At((float64(i%side)+0.5)/float64(side), (float64(i/side)+0.5)/float64(side))
		output, err := predictor.Predict([][]float64{{x, y}})
		if err != nil {
			t.Fatal(err)
		}
		if score := 2/(1+math.Exp(-output[0][0])) - 1; math.Abs(127*score-(float64(b)-128)) > 0.5+1e-9 {
			t.Fatalf("the score at %v, %v is %v, shown as %d", x, y, score, b)
		}
	}
	for k, picture := range s.Maps[:8] {
		w := n.net.Layers[0].Neurons[k]
		for i, b := range picture {
			x, y := n.view.At((float64(i%mapCells)+0.5)/mapCells, (float64(i/mapCells)+0.5)/mapCells)
			if z := w.W[0].Data*x + w.W[1].Data*y + w.B.Data; z > 0.1 && b <= 128 || z < -0.1 && b >= 128 {
				t.Fatalf("neuron %d: z = %v at %v, %v, shown as %d", k+1, z, x, y, b)
			}
		}
	}
	if len(s.Field) != side*side || len(s.Maps) != 16 {
		t.Errorf("%d places and %d pictures of neurons", len(s.Field), len(s.Maps))
	}
}

// At rate 10 training ends with a sentence and a cure. The numbers stay those that were finite.
func TestTooLargeARate(t *testing.T) {
	presets, _ := readOptions(t)
	preset := presets[slices.IndexFunc(presets, func(p Preset) bool { return p.Name == "Too large a rate" })]
	for _, batch := range []string{"0", "1", "9"} {
		d := new(desk)
		s := preset.Settings
		s.Batch = batch
		if _, err := d.start(s); err != nil {
			t.Fatal(err)
		}
		var shown *Snapshot
		for range 300 {
			var err error
			if shown, err = d.train(Run{Epochs: 1}); err != nil {
				t.Fatal(err)
			}
			text, err := json.Marshal(shown)
			if err != nil {
				t.Fatal(err)
			}
			numbers, _, _ := strings.Cut(string(text), `"failed"`)
			if strings.Contains(numbers, "NaN") || strings.Contains(numbers, "∞") {
				t.Fatalf("batch %s: the page shows %s", batch, numbers)
			}
			if !shown.More {
				break
			}
		}
		if !strings.HasPrefix(shown.Failed, "Training has stopped in epoch ") ||
			!strings.Contains(shown.Failed, "the steps at rate 10 lead away from the minimum") ||
			len(shown.Cures) != 1 || shown.Cures[0].Set["rate"] != "1" {
			t.Errorf("batch %s: the page says %q, and offers %v", batch, shown.Failed, shown.Cures)
		}
	}
}

// A number that is infinite is written as elsewhere on the page.
func TestFailed(t *testing.T) {
	n := &session{fail: &train.NonFiniteError{Epoch: 3, Node: "loss", Value: math.Inf(1)}}
	const want = "Training has stopped in epoch 3: loss is ∞. "
	if got, _ := n.failed(); !strings.HasPrefix(got, want) {
		t.Errorf("the page says %q, want %q first", got, want)
	}
}

// Each cure, taken, leaves a network that is healthy, or has another cure.
func TestCures(t *testing.T) {
	presets, _ := readOptions(t)
	for _, p := range presets {
		d, s := new(desk), p.Settings
		for cures := 0; ; cures++ {
			if _, err := d.start(s); err != nil {
				t.Fatal(err)
			}
			h, err := d.health(struct{}{})
			if err != nil {
				t.Fatal(err)
			}
			if h.Condition == health.Healthy {
				break
			}
			if p.Name == "Vanishing gradients" && cures == 0 && h.Cures[0].Set["act"] != "tanh" {
				t.Errorf("the cure of vanishing gradients is %v, want tanh", h.Cures[0])
			}
			if len(h.Cures) == 0 || cures == 3 {
				t.Fatalf("%s: %s: %s, after %d cures; next %v", p.Name, h.Condition, h.Diagnosis, cures, h.Cures)
			}
			taken, err := json.Marshal(h.Cures[0].Set)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(taken, &s); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// Five layers of sigmoids are no reason to stop, but the page says why the first layers hardly learn.
func TestSlow(t *testing.T) {
	for _, c := range []struct {
		hidden, act, meaning, cure string
	}{
		{"8 8", "tanh", "", ""},
		{"8 8", "sigmoid", "", ""},
		{
			"8 8 8 8 8", "sigmoid", "It can learn, but slowly: the gradient of layer 1 is about 4,000 times smaller " +
				"than that of the last layer.", "tanh",
		},
	} {
		h, err := start(t, Settings{Hidden: c.hidden, Act: c.act}).health()
		if err != nil || h.Condition != health.Healthy {
			t.Fatal(h.Condition, err)
		}
		cure := ""
		for _, offered := range h.Cures {
			cure = offered.Set["act"]
		}
		if h.Meaning != c.meaning || cure != c.cure {
			t.Errorf("%s of %s: %q, offers %q", c.hidden, c.act, h.Meaning, cure)
		}
		if strings.Contains(h.Table, h.Diagnosis[:10]) || !strings.Contains(h.Table, "largest z") {
			t.Errorf("the table has no end, or has the diagnosis, too, which the page shows above it:\n%s", h.Table)
		}
	}
}

// However long training goes on, what is kept for the page stays small.
func TestMemory(t *testing.T) {
	n := start(t, Settings{Data: "own", Hidden: "2"})
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	run := func() {
		for range 1000 {
			n.run(epochs(1))
			if n.at.Epoch%50 == 0 {
				n.snapshot()
			}
		}
	}
	run()
	before := heap()
	run()
	run()
	if after := heap(); after > before+20_000 {
		t.Errorf("2,000 epochs have grown the heap from %d to %d bytes", before, after)
	}
	if len(n.curve.epochs) > mostCurve || n.curve.epochs[0] != 0 {
		t.Errorf("the curve has %d points, from epoch %v", len(n.curve.epochs), n.curve.epochs[0])
	}
}
