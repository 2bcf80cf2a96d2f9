//go:build !unix

package cputime

import "time"

var start = time.Now()

// Used returns how long this program has run: syscall has no time of the processor for all these systems.
func Used() time.Duration { return time.Since(start) }
