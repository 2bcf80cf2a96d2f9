// Package slow says whether tests are wanted that take long and prove little beyond the others. They
// run if the environment variable GRADUS_SLOW is set, as .ci/run does:
//
//	GRADUS_SLOW=1 go test ./...
package slow

import "os"

// Wanted reports whether slow tests are wanted.
func Wanted() bool { return os.Getenv("GRADUS_SLOW") != "" }
