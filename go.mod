module github.com/gradus-go/gradus

go 1.24.0

require (
	github.com/google/go-cmp v0.7.0
	golang.org/x/exp v0.0.0-20250106191152-7588d65b2ba8
	gonum.org/v1/gonum v0.17.0
)
