//go:build !js

package gofile

import "go/format"

// formatted returns a file as gofmt writes it.
func formatted(text string) ([]byte, error) { return format.Source([]byte(text)) }
