package layer

import "github.com/gradus-go/gradus"

// An Image is the size of an image. Its numbers are listed channel by channel, in a channel row by row, and
// in a row from left to right: that of channel c, row i and column j, counted from 0, has the number
// (c·Height + i)·Width + j, as in PyTorch.
type Image struct {
	Height, Width int
	Channels      int // 1 for shades of grey, 3 for red, green and blue; one for each filter after a Conv
}

// Numbers returns how many numbers the image has: Height·Width·Channels.
func (i Image) Numbers() int { return i.Height * i.Width * i.Channels }

// A window moves over an image, and sees a square of each channel.
type window struct {
	in                    Image
	size, stride, padding int
}

// check panics unless the window fits into the image.
func (w window) check(who string) {
	in := w.in
	mustBe(in.Height > 0 && in.Width > 0 && in.Channels > 0,
		"%s: In is %d×%d with %d channels, want at least 1 of each", who, in.Height, in.Width, in.Channels)
	const most = 1 << 20
	largest := max(in.Height, in.Width, in.Channels, w.size, w.stride, w.padding)
	mustBe(largest <= most, "%s: the largest size is %d, want at most %d", who, largest, most)
	mustBe(w.padding >= 0, "%s: Padding is %d, want no negative number", who, w.padding)
	mustBe(w.stride > 0, "%s: Stride is %d, want no negative number", who, w.stride)
	mustBe(w.size > 0 && w.size <= min(in.Height, in.Width)+2*w.padding,
		"%s: Size is %d, want from 1 to %d, so that it fits into the image",
		who, w.size, min(in.Height, in.Width)+2*w.padding)
}

// places returns in how many rows and columns of places the window stops.
func (w window) places() (rows, columns int) {
	reach := 2*w.padding - w.size
	return (w.in.Height+reach)/w.stride + 1, (w.in.Width+reach)/w.stride + 1
}

// sees returns what the window sees of a channel at a place, row by row. Beside the image it sees beside.
func (w window) sees(x []*gradus.Value, channel, row, column int, beside *gradus.Value) []*gradus.Value {
	x = x[channel*w.in.Height*w.in.Width:]
	var seen []*gradus.Value
	for k := range w.size * w.size {
		i, j := row*w.stride-w.padding+k/w.size, column*w.stride-w.padding+k%w.size
		if 0 <= i && i < w.in.Height && 0 <= j && j < w.in.Width {
			seen = append(seen, x[i*w.in.Width+j])
		} else {
			seen = append(seen, beside)
		}
	}
	return seen
}
