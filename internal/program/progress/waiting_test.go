package progress

import (
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// A line says after each second that the program is at work, and is gone before it writes.
func TestWaiting(t *testing.T) {
	for _, tt := range []struct {
		columns, seconds int
		want             string
	}{
		{80, 0, "done\n"},
		{80, 2, "\r1 s: fitting …\r2 s: fitting …\r              \rdone\n"},
		{9, 1, "\r1 s: fit\r        \rdone\n"},
	} {
		var b strings.Builder
		ticks := make(chan time.Time)
		out := Before{&b, waiting(line{&b, func(io.Writer) int { return tt.columns }}, "fitting", ticks)}
		for range tt.seconds {
			ticks <- time.Time{}
		}
		if _, err := io.WriteString(out, "done\n"); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(tt.want, b.String()); diff != "" {
			t.Errorf("%d s in %d columns (-want +got):\n%s", tt.seconds, tt.columns, diff)
		}
	}
}

// What is no terminal shows nothing, and one that is does.
func TestWaitingOnTerminal(t *testing.T) {
	var b strings.Builder
	stop := Waiting(&b, "waiting")
	time.Sleep(1100 * time.Millisecond)
	if stop(); b.Len() > 0 {
		t.Errorf("%q, want nothing", &b)
	}
	if ptmx, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0); err == nil {
		defer func() { _ = ptmx.Close() }()
		stop := Waiting(ptmx, "waiting")
		stop()
		stop() // as often as there are lines
	}
}
