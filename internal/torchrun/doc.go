// Package torchrun compares what package torch writes for PyTorch with the graphs themselves, for
// tests.
package torchrun
