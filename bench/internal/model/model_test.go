package model

import "testing"

// The numbers of parameters are those that the documentation states, and each belongs to a block.
func TestParameters(t *testing.T) {
	for name, test := range map[string]struct {
		m    Model
		want int
	}{
		"GPT": {NewGPT(1), 4192}, "convolution": {NewConv(1), 1626}, "LSTM": {NewLSTM(1), 1616},
	} {
		d, sum := test.m.Numbers(), 0
		for _, n := range d.Blocks {
			sum += n
		}
		if len(d.P) != test.want || len(d.G) != test.want || sum != test.want {
			t.Errorf("%s: %d parameters, %d derivatives and %d numbers in blocks, want %d of each",
				name, len(d.P), len(d.G), sum, test.want)
		}
	}
}

// Step takes one sample after the other, and begins again after the last.
func TestStep(t *testing.T) {
	n := NewConv(3)
	var first [3]float64
	for i := range first {
		n.Step()
		first[i] = n.Out
	}
	if first[0] == first[1] || first[1] == first[2] {
		t.Errorf("the losses %v are those of three samples, want three different numbers", first)
	}
	if n.Step(); n.Out != first[0] {
		t.Errorf("the loss is %v after the last sample, want that of the first again, %v", n.Out, first[0])
	}
}
