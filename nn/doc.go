// Package nn builds neural networks from scalars: neurons, layers and multi-layer perceptrons.
//
// Every weight and every bias is a [gradus.Value] of its own. So what a network computes is a
// graph like any other: Backward differentiates it, package show draws it, gradcheck checks a
// derivation of it, and replay computes it fast.
//
//	rng := rand.New(rand.NewPCG(1, 0))
//	net := nn.NewMLP(rng, 2,
//		nn.Dense{Units: 16, Activation: nn.Tanh},
//		nn.Dense{Units: 1})
//	loss := nn.SumSquaredErrors(net.Forward(x...), t)
//	loss.Backward()
//
// # What there is
//
//   - Networks: [Neuron], [Layer] and [MLP]. [NewLayer] and [NewMLP] make them from
//     descriptions, which are of type [Dense]. You can also put them together from Values.
//   - Activations: [Identity], [Sigmoid], [Tanh], [ReLU], [Softplus], [ELU], [SiLU], [GELU],
//     [GELUTanh], [Mish], [SELU], [Softsign], [Hardtanh], [ReLU6], [Hardsigmoid], [Hardswish],
//     [ScaledSigmoid], [LeakyReLU], and those of your own that [NewActivation] makes.
//   - Initial weights: [Uniform], [Normal], [Xavier], [XavierNormal], [He], [HeUniform],
//     [LeCun], [Constant], and any function of your own of type [Init].
//   - Losses of numbers: [HalfSquaredError], [SumSquaredErrors], [MeanSquaredError],
//     [MeanAbsoluteError], [Huber], [LogCosh], [Quantile], [PoissonNLL].
//   - Losses of classes: [BinaryCrossEntropy], [SoftmaxCrossEntropy], [KLDivergence], [Hinge],
//     [MultiClassHinge]. [OneHot] makes the targets of a class. [Focal], [LabelSmoothing] and
//     [Weighted] make other losses of them. A loss of your own is any function of type [Loss].
//   - Files: [MLP.Save] and [Load] for networks, [SaveParams] and [LoadParams] for the parameters
//     of any model.
//   - Models of your own: the interfaces [Model] and [Masked], and [Mask].
//
// Package nn/optim has optimisers, nn/train trains networks, and nn/health finds out why a
// network does not learn.
//
// # The order of parameters
//
// [MLP.Params] lists the parameters layer by layer and, within a layer, neuron by neuron. Of a
// neuron, the weights come first, in the order of the inputs, and then the bias. [NewMLP] draws
// the initial numbers in this order, and places the parameters side by side in memory in this
// order. Seen as a matrix, a layer has one row for each neuron, and the biases are its last
// column.
//
// Each parameter has a name, in which everything is counted from 1. Layer 1 is the first layer
// after the inputs. layer1.neuron2.w3 is the number by which its neuron 2 multiplies the third
// input, and layer1.neuron2.b is the bias of that neuron.
package nn
