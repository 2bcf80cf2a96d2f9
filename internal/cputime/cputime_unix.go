//go:build unix

package cputime

import (
	"syscall"
	"time"
)

// Used returns how long processors have worked for this program since it began.
func Used() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		panic("cputime: " + err.Error()) // there is no way to call it wrongly
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
