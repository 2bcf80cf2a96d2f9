// Package progress shows how far a program has come, if somebody watches.
package progress

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
)

// New returns a bar of so many steps on w, which is invisible if w is no terminal and is wiped
// when it is full. That a bar cannot be drawn is no reason to stop: ignore its errors.
func New(w io.Writer, steps int, what string) *progressbar.ProgressBar {
	return progressbar.NewOptions(steps, progressbar.OptionSetWriter(w),
		progressbar.OptionSetVisibility(IsTerminal(w)), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(15), progressbar.OptionSetDescription(what))
}

// IsTerminal reports whether w is a terminal.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
