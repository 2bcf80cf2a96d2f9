package health

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/nn"
)

// A part is a layer of a network, or what takes its place in another model, and the sums that are
// measured in it.
type part struct {
	name             string
	again            string          // what name ends with if it would be that of another part: #2
	params, weights  []*gradus.Value // weights are without biases
	units            []unit
	inputs, zs, as   int     // how many inputs, weighted sums and activations there are for a sample
	x2, z2, dz2, da2 float64 // sums of the squares of inputs, weighted sums, ∂L/∂z and ∂L/∂a
	distinct         int     // how many of the units differ from each other
	sum, peak        float64 // the largest |∂L/∂w|, added up over the samples, and the most that this has been
}

// A unit holds what was measured for a neuron so far: the range of its weighted sums and its
// steepest slope.
type unit struct {
	phi               *phi
	zMin, zMax, slope float64
	sums, steep       int // how many weighted sums there were, and how many at which φ is not flat
	// In a model that is not an MLP:
	z    []int  // its sums in the graph, one for each place where it is computed with the same weights
	hash uint64 // of all sums and their derivatives
}

func newUnit(phi *phi) unit { return unit{phi: phi, zMin: math.Inf(1), zMax: math.Inf(-1)} }

// add widens the range of the unit's sums to z, and its steepest slope to slope.
func (u *unit) add(z, slope float64) {
	u.zMin, u.zMax, u.slope = min(u.zMin, z), max(u.zMax, z), max(u.slope, math.Abs(slope))
	if u.sums++; u.phi != nil && math.Abs(slope) >= flat*u.phi.steepest {
		u.steep++
	}
}

// isFlat reports whether φ is flat at the sums: at all if it is flat on one side only, as a ReLU that is off
// most of the time learns, and otherwise at nine of ten.
func (u *unit) isFlat() bool { return u.steep == 0 || !u.phi.oneSided && u.steep <= u.sums/10 }

// add adds the inputs, sums and activations of a sample.
func (p *part) add(x, z, a []*gradus.Value) {
	p.inputs, p.zs, p.as = len(x), len(z), len(a)
	for _, v := range x {
		p.x2 += float64(v.Data * v.Data)
	}
	for _, v := range z {
		p.z2 += float64(v.Data * v.Data)
		p.dz2 += float64(v.Grad * v.Grad)
	}
	for _, v := range a {
		p.da2 += float64(v.Grad * v.Grad)
	}
}

// addGrads notes how large the gradients of the parameters are that the samples so far have added up to.
func (p *part) addGrads() {
	p.sum = 0
	for _, v := range p.params {
		p.sum = max(p.sum, math.Abs(v.Grad))
	}
	p.peak = max(p.peak, p.sum)
}

// hasNoWeights reports whether the weights of a part are 0.
func (p *part) hasNoWeights() bool {
	return !slices.ContainsFunc(p.weights, func(v *gradus.Value) bool { return v.Data != 0 })
}

// squares returns the sum of the squares of the gradients of Values.
func squares(values []*gradus.Value) (sum float64) {
	for _, v := range values {
		sum += float64(v.Grad * v.Grad)
	}
	return sum
}

// rest is the part of the parameters whose name names none.
const rest = "parameters"

// partOf returns the part of a model to which a parameter of this name belongs: conv1 for
// conv1.kernel2.w3 and for conv1.b, mlp2.layer1 for mlp2.layer1.neuron3.w1, embed for embed[3,1].
func partOf(name string) string {
	if names := strings.Split(name, "."); len(names) > 1 {
		return strings.Join(names[:max(1, len(names)-2)], ".")
	}
	if table, _, ok := strings.Cut(name, "["); ok && table != "" {
		return table
	}
	return rest
}

// called returns what a sentence calls a part: the part layer2 is called layer 2.
func called(name string) string {
	if place := strings.TrimPrefix(name, "layer"); place != name && strings.Trim(place, "0123456789") == "" {
		return "layer " + place
	}
	return name
}

// parts returns the parts of a model, in the order of their first parameters, and to which of them
// each parameter belongs. layers has the names of those parts that belong to larger ones.
//
// Where a name comes again, another layer begins whose parameters are called like those of one before it: two
// layers without a name, both of which have a kernel1.w1, are kernel and kernel#2.
func parts(params []*gradus.Value, layers map[string]string) (all []part, of []int) {
	times, layer := map[string]int{}, map[string]int{}
	for _, v := range params {
		name := partOf(v.Name())
		like := strings.TrimRight(name, digits)
		if v.Name() != "" {
			times[v.Name()]++
			layer[like] = max(layer[like], times[v.Name()])
		}
		again := ""
		if n := layer[like]; n > 1 {
			again = fmt.Sprintf("#%d", n)
		}
		name += again
		name = cmp.Or(layers[name], name)
		k := slices.IndexFunc(all, func(p part) bool { return p.name == name })
		if k < 0 {
			k = len(all)
			all = append(all, part{name: name, again: again})
		}
		all[k].params = append(all[k].params, v)
		if !strings.HasSuffix(v.Name(), ".b") {
			all[k].weights = append(all[k].weights, v)
		}
		of = append(of, k)
	}
	return all, of
}

// A phi is an activation and what is known of its slope.
type phi struct {
	name     string                  // what the table calls it: sigmoid
	symbol   string                  // what a diagnosis calls it: σ, ReLU
	slope    func(z float64) float64 // φ′
	steepest float64                 // the largest |φ′|
	least    float64                 // the smallest |φ′|
	oneSided bool                    // φ is flat far from 0 on one side, but not on the other
}

// far stands for ±∞ when the slope of an activation is looked at.
const far = 1e9

func newPhi(name, symbol string, slope func(z float64) float64) *phi {
	p := &phi{name: name, symbol: symbol, slope: slope, least: math.Inf(1)}
	for _, z := range []float64{0, 0.1, 0.3, 1, 3, 10, 30, 100, 1e3, 1e6, far} {
		right, left := math.Abs(slope(z)), math.Abs(slope(-z))
		p.steepest, p.least = max(p.steepest, right, left), min(p.least, right, left)
	}
	p.oneSided = p.isFlat(-far) != p.isFlat(far)
	return p
}

// activation returns the phi of an activation of a layer.
func activation(a nn.Activation) *phi {
	symbol, z := a.Name(), gradus.New(0)
	if v := a.Apply(z); len(v.Parents()) == 1 && v.Parents()[0] == z {
		symbol = v.Op().Name()
	}
	return newPhi(a.Name(), symbol, a.Slope)
}

func (p *phi) isFlat(z float64) bool { return math.Abs(p.slope(z)) < flat*p.steepest }

// isActivation reports whether φ is a bend or a curve whose slope has a bound, as activations are. The
// slopes of exp, x² and √x have none, and a straight line has the same everywhere.
func (p *phi) isActivation() bool {
	grows := func(z float64) bool { return math.Abs(p.slope(z)) > 2*math.Abs(p.slope(z/1e3)) && !p.isFlat(z) }
	return finite.All(p.steepest) && !grows(far) && !grows(-far) && p.least < 0.999*p.steepest
}

// identity is the phi of what has no activation.
var identity = activation(nn.Identity)
