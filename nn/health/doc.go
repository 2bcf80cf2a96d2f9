// Package health says whether a network can learn, and if not, which factor of the chain rule
// stops it.
//
// By the chain rule, the gradient of a weight is a product. Its factors are ∂L/∂y, a slope φ′(z)
// and a matrix of weights for every layer on the way back from the output, and the input that
// the weight multiplies. If one factor is 0, or many are small, the weight learns nothing; if
// many are large, its steps are too large.
//
// [Check] measures these factors for a batch of samples and returns a [Report]. Its String is a
// table and a diagnosis in words. Its fields are numbers, which can be tested or drawn.
//
// # Models of your own
//
// Check takes any [nn.Model]. It finds layers, sums z and activations in the graph that Forward builds:
//
//   - In place of layers there are parts, which the names of the parameters make: conv1.kernel2.w3 and
//     conv1.b belong to the part conv1, mlp2.layer1.neuron3.w1 to mlp2.layer1, embed[3,1] to embed. A name
//     without a point or a bracket belongs to the part "parameters". The neurons of a layer that has no name
//     itself, kernel1.w1, kernel1.b, kernel2.w1 and so on, are one part, kernel, if they are side by side.
//     Where a name comes again, as in a second convolution without a name, the next part begins, kernel#2.
//   - An activation is what is computed from one number z alone, in one operation or in several, such as
//     z·σ(z), if its slope has a bound and is not the same everywhere. So a σ that multiplies its own operand
//     is not called saturated where only the product has a slope. Check reads φ′ from the operations.
//   - The sum z belongs to the part of the latest parameters on which it depends. Sums of one activation that
//     have the same latest parameter are one unit: all places that a filter sees, all steps of a gate. A
//     part without activations is measured where its numbers leave it.
//   - A recurrent part has several stages, one after the other. If the gradient has vanished before it comes
//     to the first of them, the part learns nothing from what it read first.
package health
