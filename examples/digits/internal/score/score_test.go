package score

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/examples/internal/dataset"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/train"
)

// identity returns a network whose outputs are its inputs.
func identity() *nn.MLP {
	net := nn.NewMLP(rand.New(rand.NewPCG(1, 1)), 3, nn.Dense{Units: 3, Init: nn.Constant(0)})
	for i, n := range net.Layers[0].Neurons {
		n.W[i].Data = 1
	}
	return net
}

func predictor(t *testing.T, net *nn.MLP) *train.Predictor {
	t.Helper()
	p, err := train.NewPredictor(net)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestRanked(t *testing.T) {
	p := []float64{.1, .3, .2, .3, .1}
	if diff := cmp.Diff([]int{1, 3, 2, 0, 4}, Ranked(p)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Ranked(nil); len(got) != 0 {
		t.Errorf("without classes %v, want none", got)
	}
}

// The probabilities of the outputs ln 1, ln 2, ln 5 are 1/8, 2/8, 5/8, computed by hand.
func TestEvaluate(t *testing.T) {
	ln := math.Log
	s := dataset.Set{
		X: [][]float64{
			{ln(1), ln(2), ln(5)}, // 2 is right
			{ln(2), ln(6), ln(2)}, // 1, and not 0
			{ln(1), ln(1), ln(8)}, // 2, and not 1
			{1000, 0, -1000},      // 0 is right
			{0, 0, 0},             // 0, the first of all, and not 2
		},
		Labels: []int{2, 0, 1, 0, 2},
	}
	e, err := Evaluate(predictor(t, identity()), s)
	if err != nil {
		t.Fatal(err)
	}
	want := Evaluation{
		Loss:  -(ln(5./8) + ln(2./10) + ln(1./10) + ln(1./3)) / 5,
		Right: 2, All: 5, Predicted: []int{2, 1, 2, 0, 0},
		Certainty: []float64{5. / 8, 6. / 10, 8. / 10, 1, 1. / 3},
	}
	near := cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) < 1e-15 })
	if diff := cmp.Diff(want, e, near); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]int{2, 1, 4}, e.Mistakes(s.Labels)); diff != "" {
		t.Errorf("mistakes (-want +got):\n%s", diff)
	}
	if got := e.Accuracy(); got != 2./5 {
		t.Errorf("accuracy %v, want 2/5", got)
	}
}

// The loss is the one that training minimises.
func TestLoss(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 7))
	net := nn.NewMLP(rng, 4, nn.Dense{Units: 5, Activation: nn.Tanh}, nn.Dense{Units: 3})
	var s dataset.Set
	want := 0.0
	for i := range 40 {
		x := []float64{rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()}
		s.X, s.Labels = append(s.X, x), append(s.Labels, i%3)
		t := make([]float64, 3)
		t[i%3] = 1
		want += nn.SoftmaxCrossEntropy(net.Forward(gradus.Values(x)...), gradus.Values(t)).Data / 40
	}
	e, err := Evaluate(predictor(t, net), s)
	if err != nil || math.Abs(e.Loss-want) > 1e-14 {
		t.Errorf("the loss is %v, %v, want %v", e.Loss, err, want)
	}
}

func TestSoftmax(t *testing.T) {
	for _, z := range [][]float64{{0}, {math.Log(1), math.Log(3)}, {1000, 1000}, {-1000, 0}} {
		sum, p := 0.0, softmax(z)
		for i := range p {
			sum += p[i]
			if want := math.Exp(z[i]-z[0]) * p[0]; z[0] != -1000 && math.Abs(p[i]-want) > 1e-15 {
				t.Errorf("%v: p%d is %v, want %v", z, i, p[i], want)
			}
		}
		if math.Abs(sum-1) > 1e-15 {
			t.Errorf("%v: the probabilities %v add up to %v", z, p, sum)
		}
	}
}

func TestEvaluateBoth(t *testing.T) {
	set := func(label int) dataset.Set {
		return dataset.Set{X: [][]float64{{9, 1, 1}, {1, 9, 1}}, Labels: []int{0, label}}
	}
	e, err := EvaluateBoth(3, predictor(t, identity()), dataset.Data{Train: set(1), Test: set(2)})
	if err != nil || e.Number != 3 || e.Train.Right != 2 || e.HeldOut.Right != 1 {
		t.Errorf("%+v, %v, want epoch 3 with 2 and 1 of 2 right", e, err)
	}
	if e.Train.Predicted != nil || e.HeldOut.Certainty != nil {
		t.Errorf("%+v: what becomes of each image is kept", e)
	}
}

func TestPredict(t *testing.T) {
	p, err := Predict(predictor(t, identity()), []float64{math.Log(1), math.Log(2), math.Log(5)})
	near := cmp.Comparer(func(x, y float64) bool { return math.Abs(x-y) < 1e-15 })
	if diff := cmp.Diff([]float64{1. / 8, 2. / 8, 5. / 8}, p, near); diff != "" || err != nil {
		t.Errorf("%v, (-want +got):\n%s", err, diff)
	}
}

// If the weights are so large that an output overflows, that is an error.
func TestNotFinite(t *testing.T) {
	net := identity()
	net.Layers[0].Neurons[1].W[0].Data = 1e308
	const outputs = " are [10 +Inf 0], want finite numbers"
	s := dataset.Set{X: [][]float64{{0, 0, 0}, {10, 0, 0}}, Labels: []int{0, 1}}
	p := predictor(t, net)
	if _, err := Evaluate(p, s); err == nil || err.Error() != "the network's outputs for image 1"+outputs {
		t.Errorf("error %v, want one about image 1 whose outputs%s", err, outputs)
	}
	if _, err := Predict(p, s.X[1]); err == nil || err.Error() != "the network's outputs for image 0"+outputs {
		t.Errorf("error %v, want one about outputs that%s", err, outputs)
	}
	s.X, s.Labels = [][]float64{{1, 0, 0}, {1, 0, 0}}, []int{0, 0} // outputs of 1e308
	const loss = "the loss of 2 images is +Inf, want a finite number"
	if _, err := Evaluate(p, s); err == nil || err.Error() != loss {
		t.Errorf("error %v, want %s", err, loss)
	}
	if _, err := Predict(p, []float64{1}); err == nil {
		t.Error("an image of another size has probabilities")
	}
}

func TestErrors(t *testing.T) {
	good := dataset.Set{X: [][]float64{{1, 2, 3}}, Labels: []int{0}}
	bad := dataset.Set{X: [][]float64{{1, 2}}, Labels: []int{0}}
	const want = "train: Predict: x[0] has 2 inputs, want 3"
	if _, err := Evaluate(predictor(t, identity()), bad); err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	for _, d := range []dataset.Data{{Train: bad, Test: good}, {Train: good, Test: bad}} {
		if _, err := EvaluateBoth(0, predictor(t, identity()), d); err == nil || err.Error() != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	for _, d := range []dataset.Data{
		{Train: good, Test: dataset.Set{X: [][]float64{{math.NaN(), 0, 0}}, Labels: []int{0}}},
		{Train: dataset.Set{X: [][]float64{{math.NaN(), 0, 0}}, Labels: []int{0}}, Test: good},
	} {
		if _, err := EvaluateBoth(0, predictor(t, identity()), d); err == nil {
			t.Errorf("%v has outputs that are finite", d)
		}
	}
}
