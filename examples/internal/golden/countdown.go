package golden

import "context"

// Countdown returns a context that somebody cancels after it was asked so many times whether it
// is done, as [github.com/gradus-go/gradus/nn/train.Run] asks before every batch.
func Countdown(ctx context.Context, times int) context.Context {
	return &countdown{ctx, times}
}

type countdown struct {
	context.Context
	times int
}

func (c *countdown) Err() error {
	c.times--
	if c.times < 0 {
		return context.Canceled
	}
	return nil
}
