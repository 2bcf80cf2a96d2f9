package sick

import (
	"os"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/nn"
	"github.com/gradus-go/gradus/nn/health"
)

// The text of an exercise shows rows of the report on the network as it is handed out, and what it
// says, without the cure.
func TestReports(t *testing.T) {
	deep := []int{8, 8, 8, 8, 8, 8, 8, 8, 8, 8}
	for _, tt := range []struct {
		exercise string
		from     float64
		network  Network
	}{
		{"1-deep", -1, Network{Hidden: deep, Activation: nn.Sigmoid, Weights: nn.Xavier, Rate: 0.1}},
		{"2-off", 0, Network{Hidden: []int{16}, Activation: nn.ReLU, Weights: nn.Uniform(-1, 0), Rate: 0.1}},
		{"3-alike", -1, Network{Hidden: []int{8}, Activation: nn.Tanh, Weights: nn.Constant(0.5), Rate: 0.1}},
		{"4-too-far", -1, Network{Hidden: []int{16, 16}, Activation: nn.Tanh, Weights: nn.Xavier, Rate: 20}},
	} {
		bytes, err := os.ReadFile("../" + tt.exercise + "/text.md")
		if err != nil {
			t.Fatal(err)
		}
		x, y := samples(tt.from, 1)
		r, err := health.Check(tt.network.build(), nn.MeanSquaredError, x, y, tt.network.Rate)
		if err != nil {
			t.Fatal(err)
		}
		text := string(bytes)
		_, sentence := split(r)
		if want := string(r.Condition) + ": " + sentence; !strings.Contains(flat(text), flat(want)) {
			t.Errorf("%s: the text has no %q", tt.exercise, want)
		}
		rows := 0
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "    ‖") || strings.HasPrefix(line, "    update") {
				rows++
				if !strings.Contains(r.String(), strings.TrimSpace(line)+"\n") {
					t.Errorf("%s: the report has no row %q; it is\n%s", tt.exercise, line, r)
				}
			}
		}
		if rows == 0 {
			t.Errorf("%s: the text has no row of the report", tt.exercise)
		}
	}
}

func flat(text string) string { return strings.Join(strings.Fields(text), " ") }
