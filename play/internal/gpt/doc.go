// Package gpt is the Go side of the playground's view of a GPT: it trains the model of examples/gpt, makes up
// names, and says what the model makes of a name that one types: how much each letter surprises it, where a
// head of attention looks, and what Backward finds.
package gpt

//go:generate go run ./gen
