package pairs

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"gonum.org/v1/gonum/floats"

	"github.com/gradus-go/gradus/nn/optim"
)

var texts = [][]float64{{2, 0, 0, 2}, {2, 1, 0, 2}}

// The pairs are aa, ab and so on; 2 stands for the end. After the end comes a once and b once.
func TestTable(t *testing.T) {
	c := Count(texts, 3)
	if diff := cmp.Diff(Table{{1, 0, 2}, {1, 0, 0}, {1, 1, 0}}, c); diff != "" {
		t.Errorf("the counts (-want +got):\n%s", diff)
	}
	loss := c.Loss()
	losses := Table{
		{math.Log(6. / 2), math.Log(6. / 1), math.Log(6. / 3)},
		{math.Log(4. / 2), math.Log(4. / 1), math.Log(4. / 1)},
		{math.Log(5. / 2), math.Log(5. / 2), math.Log(5. / 1)},
	}
	if diff := cmp.Diff(losses, loss, cmpopts.EquateApprox(1e-15, 0)); diff != "" {
		t.Errorf("the losses (-want +got):\n%s", diff)
	}
	mean, pairs := c.Mean(loss)
	want := (math.Log(3) + 2*math.Log(2) + math.Log(2) + 2*math.Log(2.5)) / 6
	if math.Abs(mean-want) > 1e-15 || pairs != 6 {
		t.Errorf("the mean of %d pairs is %v, want %v of 6", pairs, mean, want)
	}
}

// The probabilities are those of the losses: after the end a and b have 2/5 each, and to the power of
// 1/½ 4/25.
func TestSample(t *testing.T) {
	var weights [][]float64
	choose := []int{1, 0, 2}
	text := Count(texts, 3).Loss().Sample(func(w []float64) int {
		weights = append(weights, w)
		return choose[len(weights)-1]
	}, 0.5, 2, 10)
	if diff := cmp.Diff([]int{1, 0}, text); diff != "" {
		t.Errorf("the text (-want +got):\n%s", diff)
	}
	want := []float64{4. / 25, 4. / 25, 1. / 25}
	if diff := cmp.Diff(want, weights[0], cmpopts.EquateApprox(1e-14, 0)); diff != "" {
		t.Errorf("the first weights (-want +got):\n%s", diff)
	}
	always := Count(texts, 3).Loss().Sample(func([]float64) int { return 0 }, 1, 2, 4)
	if diff := cmp.Diff([]int{0, 0, 0, 0}, always); diff != "" {
		t.Errorf("a text without an end (-want +got):\n%s", diff)
	}
}

// The gradient by hand is that of central differences, which are off by h²·f‴/6 and by rounding: at these
// parameters, by less than 1e-8.
func TestGradient(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	n := NewNetwork(3, 4, 5, func() float64 { return rng.NormFloat64() })
	loss, gradient := n.Gradient(texts[1])
	if want := n.Loss(texts[1]); math.Abs(loss-want) > 1e-15*want {
		t.Errorf("the loss is %v, want %v", loss, want)
	}
	if d := floats.Distance(gradient, n.Numeric(texts[1]), math.Inf(1)); d > 1e-8 {
		t.Errorf("the gradients differ by %v", d)
	}
	if norm := floats.Norm(gradient, math.Inf(1)); norm < 0.1 {
		t.Errorf("the largest derivative is %v, want one that says something", norm)
	}
}

// The network learns what counting finds: no network can predict the pairs better than their frequencies.
func TestTrain(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	n := NewNetwork(3, 4, 5, func() float64 { return 0.5 * rng.NormFloat64() })
	steps := 0
	o := optim.NewSGD(optim.Constant(0.5))
	err := n.Train(texts, o, 2000, 2, func(float64) error { steps++; return nil })
	mean, _ := Count(texts, 3).Mean(n.Losses())
	best := (math.Log(3) + 2*math.Log(1.5) + 2*math.Log(2)) / 6
	if err != nil || steps != 2000 || mean < best-1e-12 || mean > best+0.01 {
		t.Errorf("after %d steps the mean loss is %v, want a little more than %v; %v", steps, mean, best, err)
	}
}
