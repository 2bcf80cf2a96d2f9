// Package exercises holds the exercises of the course: a folder for each chapter, and in it a
// folder for each exercise. README.md of package course says what is in such a folder.
package exercises

import (
	"embed"

	difference "github.com/gradus-go/gradus/course/exercises/1-slopes/4-difference/check"
	central "github.com/gradus-go/gradus/course/exercises/1-slopes/5-central/check"
	step "github.com/gradus-go/gradus/course/exercises/1-slopes/6-step/check"
	update "github.com/gradus-go/gradus/course/exercises/2-chain-rule/3-update/check"
	value "github.com/gradus-go/gradus/course/exercises/4-engine/1-value/check"
	local "github.com/gradus-go/gradus/course/exercises/4-engine/2-local/check"
	order "github.com/gradus-go/gradus/course/exercises/4-engine/3-order/check"
	backward "github.com/gradus-go/gradus/course/exercises/4-engine/4-backward/check"
	whole "github.com/gradus-go/gradus/course/exercises/4-engine/5-whole/check"
	deep "github.com/gradus-go/gradus/course/exercises/7-sick-networks/1-deep/check"
	off "github.com/gradus-go/gradus/course/exercises/7-sick-networks/2-off/check"
	alike "github.com/gradus-go/gradus/course/exercises/7-sick-networks/3-alike/check"
	far "github.com/gradus-go/gradus/course/exercises/7-sick-networks/4-too-far/check"
	newton "github.com/gradus-go/gradus/course/exercises/8-second-derivatives/3-newton/check"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Files holds the folders of the chapters.
//
//go:embed [1-8]-*
var Files embed.FS

// Checkers returns the checkers of the exercises whose answers are written in Go, by the paths of
// their folders. The other exercises have formulas in a text for answers, which are checked by what
// is in their folders.
func Checkers() map[string]checking.Checker {
	return map[string]checking.Checker{
		"1-slopes/4-difference":         difference.Checker(),
		"1-slopes/5-central":            central.Checker(),
		"1-slopes/6-step":               step.Checker(),
		"2-chain-rule/3-update":         update.Checker(),
		"4-engine/1-value":              value.Checker(),
		"4-engine/2-local":              local.Checker(),
		"4-engine/3-order":              order.Checker(),
		"4-engine/4-backward":           backward.Checker(),
		"4-engine/5-whole":              whole.Checker(),
		"7-sick-networks/1-deep":        deep.Checker(),
		"7-sick-networks/2-off":         off.Checker(),
		"7-sick-networks/3-alike":       alike.Checker(),
		"7-sick-networks/4-too-far":     far.Checker(),
		"8-second-derivatives/3-newton": newton.Checker(),
	}
}
