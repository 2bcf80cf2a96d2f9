package golden

import (
	"context"
	"errors"
	"testing"
)

func TestCountdown(t *testing.T) {
	ctx := Countdown(t.Context(), 2)
	for i := range 5 {
		if err := ctx.Err(); errors.Is(err, context.Canceled) != (i >= 2) {
			t.Errorf("asked %d times: %v", i+1, err)
		}
	}
}
