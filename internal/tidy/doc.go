// Package tidy keeps tests from leaving files behind.
package tidy
