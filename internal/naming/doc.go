// Package naming says what the numbers in the name of a value mean.
//
// A number is a run of the digits 0 to 9 or ₀ to ₉. It is an index, which tells the units of a layer
// apart, if
//
//   - the name ends after it, or
//   - a closing bracket, a comma or a full stop follows, or
//   - an underscore follows, and it is not the first number, as the 1 of w2_1_0.
//
// Any other number tells layers apart and is not an index, such as the 2 of w2[1,0]. No number
// before the first full stop is an index: those of layer1.neuron2.w3 are 2 and 3.
package naming
