package train

import (
	"math"
	"time"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/replay"
)

// A lookout looks again, while training goes on, whether the recording still is that of the network:
// an if on Data may begin to go the other way when the parameters have changed. It looks at the end
// of every epoch, for at most 2 % of the time, and in any case at the end of training.
type lookout struct {
	begin     time.Time
	spent     time.Duration
	begun     bool // whether an epoch has
	low, high row  // those with the extreme losses of the epoch, where an if shows first
}

// A row is a row of the data with its loss.
type row struct {
	place int
	loss  float64
}

func newLookout() *lookout { return &lookout{begin: time.Now()} }

// startEpoch forgets the losses of the last epoch. It is called when the first batch of the next one has
// been computed: if training stops before, the lookout looks at those of the last.
func (l *lookout) startEpoch(first int) {
	l.begun = true
	l.low, l.high = row{first, math.Inf(1)}, row{first, math.Inf(-1)}
}

// add notes the losses of a batch.
func (l *lookout) add(samples []int, losses []float64) {
	for i, loss := range losses {
		if loss < l.low.loss {
			l.low = row{samples[i], loss}
		}
		if loss > l.high.loss {
			l.high = row{samples[i], loss}
		}
	}
}

// look compares rows with the recording, as long as there is time: those with the extreme losses of the
// epoch and two others, the first of the order. The former it compares in any case if it must.
func (l *lookout) look(e engine, order []int, must bool) error {
	for i, place := range append([]int{l.low.place, l.high.place}, order[:min(2, len(order))]...) {
		if l.spent > time.Since(l.begin)/50 && (i >= 2 || !must) {
			return nil
		}
		begin := time.Now()
		err := e.compare(place)
		if l.spent += time.Since(begin); err != nil {
			return err
		}
	}
	return nil
}

// checkActivations returns an error if the graph of an activation is not the same for all numbers. An
// activation is a function of one number, so it can be tried all along the line: from −1,000 to 1,000,
// in steps of 3 % or, around 0, of 0.001.
func checkActivations(net *nn.MLP) error {
	var tried []nn.Activation
	for i, l := range net.Layers {
		if contains(tried, l.Activation) {
			continue
		}
		tried = append(tried, l.Activation)
		z := gradus.New(0.5)
		phi := l.Activation.Apply(z)
		p, err := replay.Recorder{Inputs: []*gradus.Value{z}, Params: []*gradus.Value{}}.Record(phi)
		if err != nil {
			return err
		}
		for x := 0.001; x < 1000; x = max(x+0.001, x*1.03) {
			for _, x := range []float64{x, -x} {
				z := gradus.New(x)
				g := recordable{[]float64{x}, []*gradus.Value{z}, []*gradus.Value{l.Activation.Apply(z)}, 1, 0}
				err := compare(p, g, "activation %q of layer %d at %.3g", l.Activation.Name(), i+1, x)
				if err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func contains(all []nn.Activation, a nn.Activation) bool {
	for _, b := range all {
		if a.Is(b) {
			return true
		}
	}
	return false
}
