package targets

import (
	"fmt"
	"math"
	"reflect"
	"runtime"
	"strings"
)

// allowed says which targets a loss allows.
type allowed struct {
	isOne func(t float64) bool // whether a target is allowed
	want  string               // which are
	hint  string               // what else to do
	share bool                 // whether those of a sample have the sum 1
}

const madeByOneHot = "; OneHot makes the targets of a class"

var (
	probability   = allowed{isProbability, "a probability, from 0 to 1", "", false}
	probabilities = allowed{isProbability, "a probability, from 0 to 1", madeByOneHot, true}
	oneHot        = allowed{
		func(t float64) bool { return t == 0 || t == 1 }, "1 for the class and 0 for the others",
		madeByOneHot, true,
	}
	sign = allowed{
		func(t float64) bool { return t == 1 || t == -1 }, "1 or −1, the sign that the output should have",
		"; for 0 and 1 there is BinaryCrossEntropy, and MultiClassHinge for several classes", false,
	}
	count = allowed{func(t float64) bool { return t >= 0 }, "a count, 0 or more", "", false}
)

func isProbability(t float64) bool { return 0 <= t && t <= 1 }

// of has the losses, and the functions that make losses, by their names. Those that are not here allow all
// targets.
var of = map[string]allowed{
	"BinaryCrossEntropy":  probability,
	"Focal":               probability,
	"Hinge":               sign,
	"KLDivergence":        probabilities,
	"LabelSmoothing":      probability,
	"MultiClassHinge":     oneHot,
	"PoissonNLL":          count,
	"SoftmaxCrossEntropy": probabilities,
	"Weighted":            probability,
}

// rounded is how far from 1 the sum of the probabilities of a sample may be: they may have been rounded.
const rounded = 0.01

// Check returns an error that names the first of the targets that the loss, an nn.Loss, does not allow. Row i
// of t has those of sample i.
func Check(loss any, t [][]float64) error {
	name := nameOf(loss)
	a, ok := of[name]
	if !ok {
		return nil
	}
	for i, row := range t {
		sum := 0.0
		for j, x := range row {
			if !a.isOne(x) {
				return fmt.Errorf("nn: %s: targets[%d][%d] is %v, want %s%s", name, i, j, x, a.want, a.hint)
			}
			sum += x
		}
		if a.share && !(math.Abs(sum-1) <= rounded) {
			return fmt.Errorf("nn: %s: targets[%d] has the sum %v, want 1, as the probabilities of "+
				"classes have%s; BinaryCrossEntropy is for samples of several classes, or of none", name, i, sum, a.hint)
		}
	}
	return nil
}

// nameOf returns the name of the function of package nn that a loss is, or that made it, or "".
func nameOf(loss any) string {
	name := runtime.FuncForPC(reflect.ValueOf(loss).Pointer()).Name() // …/nn.Hinge, or …/nn.Focal.func1
	name, isOurs := strings.CutPrefix(name, reflect.TypeOf(loss).PkgPath()+".")
	if !isOurs {
		return ""
	}
	name, _, _ = strings.Cut(name, ".")
	return name
}
