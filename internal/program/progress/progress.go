package progress

import (
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
)

// New returns a progress bar on w for a number of steps, with a description beside it. The bar is
// invisible unless w is a terminal, and it disappears when it is full. Callers ignore the errors
// of its methods: a program should not stop because a bar cannot be drawn.
func New(w io.Writer, steps int, description string) *progressbar.ProgressBar {
	return progressbar.NewOptions(steps, progressbar.OptionSetWriter(w),
		progressbar.OptionSetVisibility(isTerminal(w)), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(15), progressbar.OptionSetDescription(description))
}

// isTerminal reports whether w is a terminal.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
