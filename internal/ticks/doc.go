// Package ticks finds the round numbers that stand beside an axis.
package ticks
