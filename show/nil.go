package show

import (
	"errors"

	"github.com/gradus-go/gradus"
)

// errNilRoot is the error of functions that return one.
var errNilRoot = errors.New("show: the root is nil, want a Value")

// mustHave panics if the root that a function was called with is nil.
func mustHave(root *gradus.Value, function string) {
	if root == nil {
		panic("show: " + function + ": the root is nil, want a Value")
	}
}
