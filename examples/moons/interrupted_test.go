package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/examples/internal/golden"
	"github.com/gradus-go/gradus/nn"
)

// If training is interrupted, the network is evaluated, drawn and saved as it is then.
func TestInterrupted(t *testing.T) {
	for _, test := range []struct {
		name, args         string
		batches            int
		interrupted, epoch string
		pictures           int
	}{
		{"at once", "", 0, "before the first batch", "0", 3},
		{"after 7 epochs", "", 7, "after epoch 7 of 100", "7", 5},
		{"in an epoch", "-batch 30", 18, "in epoch 5 of 100, after batch 2 of 4", "4", 5},
	} {
		t.Run(test.name, func(t *testing.T) {
			folder := t.TempDir()
			ctx := golden.Countdown(t.Context(), test.batches)
			got := moons(ctx).Output(t, "-out "+folder+" "+test.args)
			want := "\ninterrupted " + test.interrupted + "\n"
			if !strings.Contains(got, want) {
				t.Errorf("%q is not in:\n%s", want, got)
			}
			_, last := rows(t, got)
			if last[0] != test.epoch {
				t.Errorf("the last epoch is %s, want %s", last[0], test.epoch)
			}
			if err := golden.Pictures(folder, got, test.pictures); err != nil {
				t.Error(err)
			}
			net, err := nn.Load(filepath.Join(folder, "moons.json"))
			if err != nil {
				t.Fatal(err)
			}
			_, d := defaults(2).begin(t)
			e, err := evaluate(net, d, 1e-4)
			if want := fmt.Sprintf("total loss %.5g", e.total); err != nil ||
				!strings.HasSuffix(golden.LastLine(got), want) {
				t.Errorf("the last line is %q, want it to end with %s, as the saved network has; %v",
					golden.LastLine(got), want, err)
			}
			of := fmt.Sprintf("data loss %s,", strings.TrimRight(last[1], "0"))
			if ends := strings.Contains(golden.LastLine(got), of); ends != (test.name != "in an epoch") {
				t.Errorf("the last epoch has the loss %s, and the last line is %q", last[1], golden.LastLine(got))
			}
		})
	}
}
