package cputime_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/cputime"
)

// Work counts.
func TestUsed(t *testing.T) {
	begin := cputime.Used()
	for n := 0; cputime.Used() <= begin; n++ {
		if n == 100_000_000 {
			t.Fatal("it takes no time of the processor to ask for it again and again")
		}
	}
}
