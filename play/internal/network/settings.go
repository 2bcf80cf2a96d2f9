package network

import (
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/decimal"
	"github.com/gradus-go/gradus/internal/plane"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/optim"
	"github.com/gradus-go/gradus/nn/train"
)

// Settings say what to train and how, as texts of the page, which may come from anybody. An empty text
// stands for the default.
type Settings struct {
	Data     string `json:"data"`     // a shape of package plane, or own
	N        string `json:"n"`        // the number of points, unless they are one's own
	Noise    string `json:"noise"`    // its standard deviation
	Own      string `json:"own"`      // points, as plane.Read reads them
	Hidden   string `json:"hidden"`   // the units of each hidden layer; 0 for none
	Act      string `json:"act"`      // the activation of hidden layers
	Out      string `json:"out"`      // the activation of the output
	Init     string `json:"init"`     // draws weights
	Bias     string `json:"bias"`     // draws biases
	Loss     string `json:"loss"`     // by its name in package nn
	Opt      string `json:"opt"`      // the optimiser
	Momentum string `json:"momentum"` // of SGD
	Rate     string `json:"rate"`
	Fall     string `json:"fall"`  // the epochs in which the rate falls to a tenth; 0 if it does not
	Batch    string `json:"batch"` // 0 for all points
	L2       string `json:"l2"`    // the factor α of the L2 term or, with AdamW, the weight decay
	Seed     string `json:"seed"`
	Stop     string `json:"stop"` // the epoch after which training pauses; 0 for none
}

var defaults = Settings{
	Data: "moons", N: "200", Noise: "0.1", Own: "-0.5,-0.5,-;0.5,0.5,-;-0.5,0.5,+;0.5,-0.5,+",
	Hidden: "8 8", Act: "tanh", Out: "identity", Init: "Xavier", Bias: "Constant(0)",
	Loss: "BinaryCrossEntropy", Opt: "SGD", Momentum: "0.9", Rate: "0.1", Fall: "0", Batch: "0", L2: "0",
	Seed: "1", Stop: "0",
}

// filled returns the settings with the defaults in place of empty texts.
func (s Settings) filled() Settings {
	v, d := reflect.ValueOf(&s).Elem(), reflect.ValueOf(defaults)
	for i := range v.NumField() {
		v.Field(i).SetString(cmp.Or(strings.TrimSpace(v.Field(i).String()), d.Field(i).String()))
	}
	return s
}

// These are the bounds of what a page can compute before its reader turns away.
const (
	mostLayers, mostUnits = 8, 1000
	mostParams, mostWork  = 150_000, 10_000_000 // work: parameters times points
)

// A config is what the settings say.
type config struct {
	Settings
	points                    []plane.Point
	hidden                    []int
	act, out                  nn.Activation
	init, bias                nn.Init
	loss                      nn.Loss
	noise, momentum, rate, l2 float64
	n, fall, batch, stop      int
	seed                      uint64
	targets                   [2]float64 // of the negative and of the positive class
	steps                     int        // in an epoch
	data                      train.Data
	net                       *nn.MLP
}

// read returns what the settings say, with the points and the network before training. Both are drawn
// from one stream of random numbers, as in examples/moons.
func (s Settings) read() (c config, err error) {
	c.Settings = s.filled()
	if err := cmp.Or(c.numbers(), c.names()); err != nil {
		return c, err
	}
	rng := rand.New(rand.NewPCG(c.seed, 1))
	if c.Data == "own" {
		c.points, err = plane.Read(c.Own)
		c.N = strconv.Itoa(len(c.points))
	} else if shape, ok := shapes[c.Data]; ok {
		c.points = shape(rng, c.n, c.noise)
	} else {
		err = fmt.Errorf("the data are %.40q, want moons, circles, spirals, xor, line or own", c.Data)
	}
	if err != nil {
		return c, err
	}
	if err := c.layers(); err != nil {
		return c, err
	}
	hidden := nn.Dense{Activation: c.act, Init: c.init, BiasInit: c.bias}
	output := nn.Dense{Units: 1, Activation: c.out, Init: c.init, BiasInit: c.bias}
	c.net = nn.NewMLP(rng, 2, append(nn.Stack(hidden, c.hidden...), output)...)
	for _, p := range c.points {
		c.data.X = append(c.data.X, []float64{p.X, p.Y})
		c.data.T = append(c.data.T, []float64{c.target(p)})
	}
	size := cmp.Or(min(c.batch, len(c.points)), len(c.points))
	c.steps = (len(c.points)-1)/size + 1
	return c, nil
}

var shapes = map[string]plane.Shape{
	"moons": plane.Moons, "circles": plane.Circles, "spirals": plane.Spirals, "xor": plane.XOR,
	"line": plane.Line,
}

// numbers reads the settings that are numbers.
func (c *config) numbers() (err error) {
	var seed error
	c.seed, seed = strconv.ParseUint(c.Seed, 10, 64)
	if seed != nil {
		seed = fmt.Errorf("the seed is %.40q, want a whole number from 0", c.Seed)
	}
	return cmp.Or(
		whole(&c.n, "the number of points", c.N, 4, plane.Most), number(&c.noise, "the noise", c.Noise, 0, 10),
		number(&c.rate, "the rate", c.Rate, 1e-9, 1e6), whole(&c.fall, "the rate's fall", c.Fall, 0, 100_000),
		number(&c.momentum, "the momentum", c.Momentum, 0, 0.999),
		whole(&c.batch, "the batch", c.Batch, 0, plane.Most), number(&c.l2, "the L2 term", c.L2, 0, 1000),
		whole(&c.stop, "the epoch to pause after", c.Stop, 0, 1_000_000_000), seed,
	)
}

func number(x *float64, what, text string, lo, hi float64) (err error) {
	*x, err = decimal.Parse(text)
	if err != nil || *x < lo || *x > hi {
		return fmt.Errorf("%s is %.40q, want a number from %v to %v", what, text, lo, hi)
	}
	return nil
}

func whole(n *int, what, text string, lo, hi int) (err error) {
	*n, err = strconv.Atoi(text)
	if err != nil || *n < lo || *n > hi {
		return fmt.Errorf("%s is %.40q, want a whole number from %d to %d", what, text, lo, hi)
	}
	return nil
}

// names reads the settings that are names of package nn.
func (c *config) names() error {
	var fails [5]error
	c.act, fails[0] = nn.ActivationNamed(c.Act)
	c.out, fails[1] = nn.ActivationNamed(c.Out)
	c.init, fails[2] = nn.InitNamed(c.Init)
	c.bias, fails[3] = nn.InitNamed(c.Bias)
	c.loss, fails[4] = nn.LossNamed(c.Loss)
	if err := cmp.Or(fails[:]...); err != nil {
		return err
	}
	if !slices.Contains([]string{"SGD", "Adam", "AdamW"}, c.Opt) {
		return fmt.Errorf("the optimiser is %.40q, want SGD, Adam or AdamW", c.Opt)
	}
	c.targets = [2]float64{-1, 1}
	if c.out.Is(nn.Sigmoid) {
		c.targets[0] = 0
	}
	if c.loss.CheckTargets([][]float64{c.targets[:1]}) != nil {
		c.targets[0] = -1 - c.targets[0]
	}
	return nil
}

// logits reports whether the loss applies σ to the output.
func (c *config) logits() bool { return c.Loss == "BinaryCrossEntropy" }

// layers reads the units of the hidden layers. It returns an error if the network would be too large.
func (c *config) layers() error {
	words := strings.FieldsFunc(c.Hidden, func(r rune) bool { return r == ' ' || r == ',' || r == '-' })
	if c.Hidden == "0" {
		words = nil
	}
	if len(words) > mostLayers {
		return fmt.Errorf("there are %d hidden layers, want at most %d", len(words), mostLayers)
	}
	inputs, params := 2, 0
	for i, word := range words {
		var units int
		what := fmt.Sprintf("the number of units of layer %d", i+1)
		if err := whole(&units, what, word, 1, mostUnits); err != nil {
			return err
		}
		c.hidden = append(c.hidden, units)
		inputs, params = units, params+units*(inputs+1)
	}
	params += inputs + 1
	if params > mostParams {
		return fmt.Errorf("the network would have %d weights and biases, want at most %d", params, mostParams)
	}
	if params*len(c.points) > mostWork {
		return fmt.Errorf("the network has %d weights and biases: for a page want at most %d points, not %d",
			params, mostWork/params, len(c.points))
	}
	return nil
}

func (c *config) target(p plane.Point) float64 {
	if p.Positive {
		return c.targets[1]
	}
	return c.targets[0]
}

// optimizer returns a new optimiser. The gradient of α·Σp² is 2α·p.
func (c *config) optimizer() optim.Optimizer {
	rate := optim.Constant(c.rate)
	if c.fall > 0 {
		rate = optim.Linear(c.rate, c.rate/10, c.fall*c.steps)
	}
	switch c.Opt {
	case "Adam":
		a := optim.NewAdam(rate)
		a.WeightDecay = 2 * c.l2
		return a
	case "AdamW":
		a := optim.NewAdamW(rate)
		a.WeightDecay = c.l2
		return a
	}
	return &optim.SGD{Rate: rate, Momentum: c.momentum, WeightDecay: 2 * c.l2}
}

var errNotStarted = errors.New("there is no network in training: start one")
