package network

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/nn/health"
	"github.com/gradus-go/gradus/nn/train"
	"github.com/gradus-go/gradus/play/internal/written"
)

// A Health says whether the network can learn, in words, and what would help.
type Health struct {
	Condition health.Condition `json:"condition"`
	Meaning   string           `json:"meaning"` // a sentence for who does not know the words of the diagnosis
	Diagnosis string           `json:"diagnosis"`
	Cures     []Cure           `json:"cures"`
	Table     string           `json:"table"`
}

// A Cure is a change of settings, with which training starts again.
type Cure struct {
	Text string            `json:"text"`
	Set  map[string]string `json:"set"`
}

// health looks at the network as it is.
func (n *session) health() (Health, error) {
	rows := max(4, min(len(n.points), 200, 2_000_000/len(n.program.Params())))
	step := max(1, len(n.points)/rows)
	var d train.Data
	for i := 0; i < len(n.points); i += step {
		d.X, d.T = append(d.X, n.data.X[i]), append(d.T, n.data.T[i])
	}
	r, err := health.Check(n.net, n.loss, d.X, d.T, n.rate)
	if err != nil {
		return Health{}, err
	}
	h := Health{Condition: r.Condition, Diagnosis: r.Diagnosis}
	h.Table, _, _ = strings.Cut(r.String(), "\n"+string(r.Condition)+": ") // the page has the diagnosis above it
	h.Meaning = meanings[r.Condition]
	if times := shrinks(r); r.Condition == health.Healthy && times >= slow {
		size := math.Pow(10, math.Floor(math.Log10(times)))
		h.Meaning = fmt.Sprintf("It can learn, but slowly: the gradient of layer 1 is about %s times "+
			"smaller than that of the last layer.", written.Count(int(math.Round(times/size)*size)))
		if strings.Contains(strings.ToLower(n.Act), "sigmoid") {
			r.Cure = health.Cure{Activation: "tanh", Init: "Xavier"} // σ′ is at most 1/4, tanh′ at most 1
		}
	}
	h.Cures = n.cures(r.Cure)
	// After training, a rate that was too large can have caused these.
	caused := slices.Contains([]health.Condition{health.Saturated, health.Dead, health.Exploding}, r.Condition)
	if caused && n.at.Epoch > 0 && r.Cure.Rate == 0 {
		h.Cures = append(h.Cures, n.slower(n.rate/10))
	}
	return h, nil
}

// slow is how many times smaller the gradient of the first layer is in a network that learns slowly.
const slow = 100

// shrinks returns how many times smaller ∂L/∂z is in the first layer than in the last.
func shrinks(r health.Report) float64 {
	return r.Layers[len(r.Layers)-1].DZ / r.Layers[0].DZ
}

// meanings says what a condition means. That of a healthy network needs no explanation.
var meanings = map[health.Condition]string{
	health.Exploding: "The steps are too large: they jump over the minimum, and the weights grow.",
	health.Satisfied: "There is nothing left to learn from these points.",
	health.Saturated: "Most neurons of a layer are where their function is flat. Its slope is a factor of the " +
		"gradient, which is nearly 0, too: they hardly learn.",
	health.Dead: "Most neurons of a layer are on the flat side of their function at every point: they get no " +
		"gradient, and do not learn.",
	health.Vanishing: "The first layers get almost no gradient, and hardly learn.",
	health.Stationary: "What the points ask of the weights cancels out: the loss is at a minimum, or at a " +
		"saddle point.",
	health.Symmetric: "The neurons of a layer are alike, get equal gradients, and stay alike.",
}

// cures returns what a diagnosis proposes, as settings, if they are other than now.
func (n *session) cures(c health.Cure) (all []Cure) {
	set, what := map[string]string{}, []string{}
	if c.Activation != "" && c.Activation != n.Act {
		set["act"] = c.Activation
		what = append(what, c.Activation)
	}
	if c.Init != "" && (c.Init != n.Init || n.Bias != defaults.Bias) {
		set["init"], set["bias"] = c.Init, defaults.Bias
		what = append(what, c.Init+"'s weights")
	}
	if len(set) > 0 {
		all = append(all, Cure{"Start again with " + strings.Join(what, " and "), set})
	}
	if c.Rate > 0 {
		all = append(all, n.slower(c.Rate))
	}
	return all
}

// slower proposes a rate of one digit.
func (n *session) slower(rate float64) Cure {
	text := strconv.FormatFloat(max(1e-9, rate), 'g', 1, 64)
	return Cure{"Start again with the rate " + text, map[string]string{"rate": text}}
}

// failed returns why training has ended, as a sentence, and what helps.
func (n *session) failed() (sentence string, cures []Cure) {
	if e := new(train.NonFiniteError); errors.As(n.fail, &e) {
		return fmt.Sprintf("Training has stopped in epoch %d: %s is %s. The numbers have become too large: "+
				"the steps at rate %s lead away from the minimum, further each time.", e.Epoch, e.Node,
				formula.Short(e.Value), n.Rate),
			[]Cure{n.slower(n.rate / 10)}
	}
	return "Training has stopped: " + n.fail.Error(), nil
}
