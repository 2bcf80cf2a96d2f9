// Package source writes a recorded program out as source.
//
// [Go] writes one file of Go that needs the standard library alone: a function that computes the output
// and its gradient, in which one can read the chain rule. It computes the very bits that the graph does.
//
// The command gradus does the same to formulas, and go generate runs it:
//
//	//go:generate go run github.com/gradus-go/gradus/cmd/gradus go -o net.go -package net -test net.txt
package source
