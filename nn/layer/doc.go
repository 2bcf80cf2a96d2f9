// Package layer has layers to build networks with. Each is written one number at a time, in a few lines that
// one can read, and package replay makes a few instructions on vectors of it, as if it had been written with
// matrices.
//
//	rng := rand.New(rand.NewPCG(1, 0))
//	conv := layer.NewConv(rng, layer.Conv{
//		In: layer.Image{Height: 8, Width: 8, Channels: 1}, Filters: 8, Size: 3, Activation: nn.ReLU,
//	})
//	pool := layer.MaxPool{In: conv.Out(), Size: 2}
//	net := layer.NewSequence(conv, pool,
//		nn.NewMLP(rng, pool.Outputs(), nn.Dense{Units: 10}))
//
// # What there is
//
//   - Images: [Conv], [MaxPool] and [MeanPool]. An [Image] is a size.
//   - Tokens: [Embedding].
//   - Sequences of vectors: [LSTM] and [GRU], which read one after the other, and [Attention], in which the
//     positions look at one another. Each has a method Step for those who read one vector at a time.
//   - Vectors of a normal size: [RMSNorm] and [LayerNorm].
//   - Random numbers in training: [Dropout] and [Noise].
//   - [Sequence] computes models one after the other. [Name] names the parts of a model of your own.
//
// All are of type [nn.Model], and those with random numbers, and a Sequence, of type [nn.Masked]. A layer for
// vectors takes any number of them, one after the other, such as those of the positions in a text.
//
// A constructor takes what describes the layer, and fills in its parameters, with initial numbers from rng.
// Their fields are there to read, and to give two layers the same parameters. Files know parameters by their
// names, which should differ: a Sequence sees to that.
//
// # What is fast
//
// A program of package replay has eleven instructions or fewer for a step of an LSTM or a GRU, whatever their
// sizes, and ten or fewer for a Conv of several filters that stop at several places. A single filter with
// Padding takes about three for each place at an edge of the image. A MaxPool or a MeanPool after a Conv has
// one for each number of a square at each place, which computes all filters at once. Of an image that is an
// input it has about one for each number.
package layer
