// Package recipe has what the GPT of the example gpt and that of the playground agree on, beside the model
// itself, which is in examples/gpt/main.go: how large it is, with which numbers it begins, and how it is
// trained.
//
// Source: A. Karpathy, microgpt, 12 February 2026, https://karpathy.github.io/2026/02/12/microgpt/.
package recipe
