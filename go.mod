module github.com/gradus-go/gradus

go 1.24.0

require golang.org/x/exp v0.0.0-20250106191152-7588d65b2ba8
