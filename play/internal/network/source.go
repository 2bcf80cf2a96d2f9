package network

import (
	"cmp"
	_ "embed" // for the text of a program
	"fmt"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/nn/optim"
)

// program is the text of a program, with verbs for what differs.
//
//go:embed program.txt
var program string

// source returns a Go program that trains the same network and prints the losses after the same epochs.
func (n *session) source() string {
	var b strings.Builder
	var hidden string
	if len(n.hidden) > 0 {
		units := strings.Trim(strings.ReplaceAll(fmt.Sprint(n.hidden), " ", ", "), "[]")
		hidden = fmt.Sprintf("nn.Stack(%s, %s)", dense("", n.Act, n.Settings), units)
		hidden = "append(" + hidden + ",\n\t\t" + dense("Units: 1, ", n.Out, n.Settings) + ")..."
	} else {
		hidden = dense("Units: 1, ", n.Out, n.Settings)
	}
	epochs := n.at.Epoch
	if epochs == 0 {
		epochs = 100
	}
	drawn := ""
	if n.Data != "own" {
		drawn = fmt.Sprintf("\tfor range %d {\n\t\trng.NormFloat64() // the noise of the points\n\t}\n",
			2*len(n.points))
	}
	fmt.Fprintf(&b, program, n.Seed, drawn, hidden, n.Loss, n.Loss, n.optimizerSource(), n.Batch, epochs, n.Seed)
	for i, p := range n.points {
		fmt.Fprintf(&b, "\t{%s, %s, %v},\n", exact(p.X), exact(p.Y), n.data.T[i][0])
	}
	b.WriteString("}\n")
	return b.String()
}

func exact(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

// dense returns the description of a layer as it is written in Go.
func dense(units, activation string, s Settings) string {
	return fmt.Sprintf("nn.Dense{%sActivation: nn.%s%s, Init: nn.%s, BiasInit: nn.%s}",
		units, strings.ToUpper(activation[:1]), activation[1:], s.Init, s.Bias)
}

func (n *session) optimizerSource() string {
	rate := fmt.Sprintf("optim.Constant(%s)", exact(n.rate))
	if n.fall > 0 {
		rate = fmt.Sprintf("optim.Linear(%s, %s, %d)", exact(n.rate), exact(n.rate/10), n.fall*n.steps)
	}
	switch n.Opt {
	case "Adam", "AdamW":
		return fmt.Sprintf("&optim.Adam{\n\t\t\tRate: %s, Beta1: 0.9, Beta2: 0.999, Epsilon: 1e-8,\n"+
			"\t\t\tWeightDecay: %s, Decoupled: %t,\n\t\t}",
			rate, exact(n.optimizer().(*optim.Adam).WeightDecay), n.Opt == "AdamW")
	}
	return fmt.Sprintf("&optim.SGD{Rate: %s, Momentum: %s, WeightDecay: %s}",
		rate, exact(n.momentum), exact(2*n.l2))
}

// command returns a command line that trains the same network in a checkout: that of examples/moons if
// it does, and otherwise one that writes the program of source into a folder and runs it.
func (n *session) command() string {
	moons := moonsSettings.filled()
	epochs := cmp.Or(n.config.stop, n.fall)
	same := n.Settings
	for _, free := range []struct{ to, from *string }{
		{&same.N, &moons.N},
		{&same.Noise, &moons.Noise},
		{&same.Rate, &moons.Rate},
		{&same.Fall, &moons.Fall},
		{&same.Batch, &moons.Batch},
		{&same.L2, &moons.L2},
		{&same.Seed, &moons.Seed},
		{&same.Stop, &moons.Stop},
		{&same.Own, &moons.Own},
	} {
		*free.to = *free.from
	}
	if same != moons || n.fall == 0 {
		return "mkdir -p mynetwork && cat >mynetwork/main.go <<'END'\n" + n.source() + "END\ngo run ./mynetwork"
	}
	return fmt.Sprintf("go run ./examples/moons -seed %s -points %s -noise %s -epochs %d -rate %s "+
		"-alpha %s -batch %s", n.Seed, n.N, n.Noise, epochs, n.Rate, n.L2, n.Batch)
}
