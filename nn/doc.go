// Package nn builds neural networks from scalars: neurons, layers, multi-layer perceptrons.
//
// Every weight and every bias is a [gradus.Value] of its own, so that whatever a network
// computes is an ordinary graph: Backward differentiates it, package show draws it, gradcheck
// checks a derivation of it, replay makes it fast:
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
//   - Networks: [Neuron], [Layer], [MLP], made by [NewLayer] and [NewMLP] from [Dense], or
//     put together from Values.
//   - Activations: [Identity], [Sigmoid], [Tanh], [ReLU], [Softplus], [ScaledSigmoid],
//     [LeakyReLU], and any of your own, [NewActivation].
//   - Initial weights: [Uniform], [Normal], [Xavier], [XavierNormal], [He], [HeUniform],
//     [LeCun], [Constant], or any function of your own of type [Init].
//   - Losses: [HalfSquaredError], [SumSquaredErrors], [MeanSquaredError],
//     [BinaryCrossEntropy], [SoftmaxCrossEntropy], [Hinge], or any of your own of type [Loss].
//   - Files: [MLP.Save] and [Load].
//
// Package nn/optim has optimisers, nn/train trains networks on replay, nn/health says why one
// does not learn.
//
// # The order of parameters
//
// [MLP.Params] lists the parameters layer by layer, in a layer neuron by neuron, of a neuron
// its weights in the order of its inputs and then its bias. In this order the initial numbers
// are drawn, and in this order they lie side by side in memory. As a matrix, a layer is one
// row a neuron with the bias as last column.
//
// Each has a name, which counts from 1: layer1.neuron2.w3 is what neuron 2 of layer 1, the
// first after the inputs, multiplies the third input by, and layer1.neuron2.b its bias.
package nn
