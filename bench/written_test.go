package bench

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the files in internal/written")

// The files are what package source writes.
func TestWrittenOut(t *testing.T) {
	found := 0
	for _, r := range rows() {
		if written[r.name].step == nil {
			continue
		}
		found++
		text, err := r.writeOut()
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(r.writtenFile(), text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		old, err := os.ReadFile(r.writtenFile())
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(old, text) {
			t.Errorf("%s is not what is written now; run this test with -update and look at the difference",
				r.writtenFile())
		}
	}
	if found != len(written) {
		t.Errorf("there are %d rows to write out, want %d", found, len(written))
	}
}
