package elementary

import _ "embed"

// Texts are the text of this package, for whoever writes Go that computes the same bits without it.
var Texts = []string{elementaryText, activationText, piecewiseText, sharesText}

//go:embed elementary.go
var elementaryText string

//go:embed activation.go
var activationText string

//go:embed piecewise.go
var piecewiseText string

//go:embed shares.go
var sharesText string
