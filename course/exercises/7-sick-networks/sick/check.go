package sick

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus/course/internal/checking"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// epochs is how long a network is trained, and enough the mean loss below which it has learnt.
// A network that answers 0 to everything has 0.25.
const (
	epochs = 400
	enough = 0.1
)

// A Case is a sick network, of which something is to stay.
type Case struct {
	Hidden     []int          // the hidden layers, which are to stay
	Activation *nn.Activation // the activation, if it is to stay
	From       float64        // the inputs go from this number to 1
}

// Checker returns the Checker of an exercise with this case, for an answer that is a Network.
func (c Case) Checker() checking.Checker { return checking.Of(c.Check) }

// Check checks whether the network is cured.
func (c Case) Check(n Network) checking.Findings {
	for _, find := range []func(Network) *checking.Finding{c.stays, rate, c.learns} {
		if f := find(n); f != nil {
			f.Name = "the network"
			return checking.Findings{*f}
		}
	}
	return checking.Findings{{Name: "the network", OK: true, Text: c.cured(n)}}
}

// finding returns what is wrong: the factor of the chain rule, and why the network does not learn.
func finding(factor, before, format string, args ...any) *checking.Finding {
	slip := fmt.Sprintf(format, args...)
	return &checking.Finding{
		Factor: factor, Slips: []string{slip},
		Text: fmt.Sprintf("%s:\n  %s\n  first wrong factor: %s", before, slip, factor),
	}
}

// stays finds that something was changed that is to stay.
func (c Case) stays(n Network) *checking.Finding {
	const hides = "this hides the symptom"
	switch {
	case !slices.Equal(n.Hidden, c.Hidden):
		return finding("Hidden", hides, "the hidden layers are to stay %v, and are %v: another network was taken, "+
			"and this one was not cured", c.Hidden, n.Hidden)
	case c.Activation != nil && !n.Activation.Is(*c.Activation):
		return finding("Activation", hides, "the activation is to stay %s, and is %s: look for what drives the "+
			"sums z to where its slope is 0", c.Activation.Name(), n.Activation.Name())
	}
	return nil
}

// rate finds that the rate is no rate.
func rate(n Network) *checking.Finding {
	switch {
	case n.Rate == 0:
		return finding("η", "with this rate nothing is learnt",
			"the rate is 0: no step changes a weight, and so nothing explodes, and nothing is learnt")
	case n.Rate < 0:
		return finding("η", "with this rate the loss grows",
			"the rate is %v, less than 0: each step goes up the slope of the loss", n.Rate)
	case math.IsNaN(n.Rate) || math.IsInf(n.Rate, 0):
		return finding("η", "with this rate nothing is learnt", "the rate %v is no finite number", n.Rate)
	}
	return nil
}

// learns finds why the network does not learn: before it is trained, in training, or after it.
func (c Case) learns(n Network) *checking.Finding {
	x, t := samples(c.From, 1)
	net := n.build()
	before, err := health.Check(net, nn.MeanSquaredError, x, t, n.Rate)
	if err != nil {
		return finding("the numbers", "the network cannot be measured", "%v", err)
	}
	if before.Condition != health.Healthy {
		return symptom("before training", before)
	}
	shrinks, plane := shrinking(before), isPlane(net)
	first, last, err := c.train(n, net)
	after, _ := health.Check(net, nn.MeanSquaredError, x, t, n.Rate)
	is := fmt.Sprintf("before training no factor is 0, and in %d epochs the mean loss has come from %.3g "+
		"to %.3g, and below %v is asked for", epochs, first, last, enough)
	switch {
	case err != nil:
		return finding("η", "before training no factor is 0, but", "training has diverged: %s; the rate %v is too "+
			"large: a step changes the weights by up to %.2g of their norm, where 0.001 is usual",
			diverged(err), n.Rate, largest(before))
	case last < enough:
		return nil
	case plane:
		return finding("φ′", is, "φ′ is the same for all samples, so that the network computes a plane, "+
			"however many layers it has; it needs an activation that bends")
	case largest(before) < 0.001:
		return finding("η", is, "the rate %v is too small: a step changes the weights by at most %.1g of their "+
			"norm, where 0.001 is usual", n.Rate, largest(before))
	case after.Condition != health.Healthy:
		f := symptom(is+"; after training", after)
		if after.Condition == health.Dead {
			f.Text += fmt.Sprintf("\n  steps that are too large may have brought it there: in the beginning a step "+
				"changes the weights by up to %.2g of their norm", largest(before))
		}
		return f
	case shrinks != nil:
		shrinks.Text = is + ":\n  " + shrinks.Text
		return shrinks
	}
	return finding("η", is, "no factor is 0 or small; another rate than %v may help", n.Rate)
}

// diverged says when training met a number that is not finite.
func diverged(err error) string {
	if e := new(train.NonFiniteError); errors.As(err, &e) {
		return fmt.Sprintf("in epoch %d a number is %v", e.Epoch, e.Value)
	}
	return err.Error()
}

// train trains the network, and returns the mean loss of the first epoch and of the last ten.
func (c Case) train(n Network, net *nn.MLP) (first, last float64, err error) {
	x, t := samples(c.From, 1)
	err = train.Run(context.Background(), train.Config{
		Net: net, Loss: nn.MeanSquaredError, Data: train.Data{X: x, T: t},
		Optimizer: &optim.SGD{Rate: optim.Constant(n.Rate)}, Batch: 5, Epochs: epochs, Seed: 1, Workers: 1,
		Callback: func(s train.State) {
			switch {
			case s.Batch < s.Batches:
			case s.Epoch == 1:
				first = s.EpochLoss
			case s.Epoch > epochs-10:
				last += s.EpochLoss / 10
			}
		},
	})
	return first, last, err
}

// symptom returns what a report says, without the cure.
func symptom(when string, r health.Report) *checking.Finding {
	factor, sentence := split(r)
	return finding(factor, fmt.Sprintf("%s, the network is %s", when, r.Condition), "%s", sentence)
}

// split returns the factor that a diagnosis names, and the diagnosis without its last clause, which
// names the cure.
func split(r health.Report) (factor, sentence string) {
	sentence = r.Diagnosis
	if i := strings.LastIndex(sentence, "; "); i >= 0 {
		sentence = sentence[:i]
	}
	factor, _, _ = strings.Cut(sentence, ":")
	factor, _, _ = strings.Cut(factor, " ")
	if r.Condition == health.Symmetric {
		factor = "W"
	}
	return factor, sentence
}

// shrinking finds that the first layer learns much more slowly than the last one.
func shrinking(r health.Report) *checking.Finding {
	first, last := r.Layers[0], r.Layers[len(r.Layers)-1]
	if first.DZ > 0.01*last.DZ {
		return nil
	}
	slopes := 1.0
	for _, l := range r.Layers[:len(r.Layers)-1] {
		slopes *= l.DZ / l.DA
	}
	factor := "∏W"
	if slopes < first.DZ/last.DZ/slopes {
		factor = "∏" + strings.Replace(first.Activation, "sigmoid", "σ", 1) + "′"
	}
	slip := fmt.Sprintf("∂L/∂z still shrinks from %.2g in layer %d to %.2g in layer 1, so that a step changes "+
		"the weights there by %.1g of their norm only", last.DZ, len(r.Layers), first.DZ, first.UpdateRatio)
	text := slip + "\n  first wrong factor: " + factor
	return &checking.Finding{Factor: factor, Slips: []string{slip}, Text: text}
}

// isPlane reports whether the outputs for the corners of a square lie in a plane.
func isPlane(net *nn.MLP) bool {
	y := func(a, b float64) float64 { return net.Forward(leaf(a), leaf(b))[0].Data }
	p, q := y(0.1, 0.2)+y(0.9, 1), y(0.1, 1)+y(0.9, 0.2)
	return math.Abs(p-q) <= 1e-9*(math.Abs(p)+math.Abs(q))
}

func largest(r health.Report) (ratio float64) {
	for _, l := range r.Layers {
		ratio = max(ratio, l.UpdateRatio)
	}
	return ratio
}

// cured says what has become better.
func (c Case) cured(n Network) string {
	x, t := samples(c.From, 1)
	net := n.build()
	r, err := health.Check(net, nn.MeanSquaredError, x, t, n.Rate)
	if err != nil {
		return err.Error()
	}
	first, last, _ := c.train(n, net)
	return fmt.Sprintf("the network learns: its mean loss comes from %.3g to %.3g in %d epochs\n  %s: %s", first,
		last, epochs, r.Condition, r.Diagnosis)
}
