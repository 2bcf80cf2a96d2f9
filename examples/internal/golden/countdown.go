package golden

import "context"

// Countdown returns a context that is cancelled after its method Err has been called a number
// of times: the calls after these return [context.Canceled]. [github.com/gradus-go/gradus/nn/train.Run]
// calls Err before every batch, so that Countdown(ctx, 3) stops training after three batches.
func Countdown(ctx context.Context, calls int) context.Context {
	return &countdown{ctx, calls}
}

type countdown struct {
	context.Context
	calls int // until it is cancelled
}

func (c *countdown) Err() error {
	c.calls--
	if c.calls < 0 {
		return context.Canceled
	}
	return nil
}
