package progress

import (
	"io"
	"os"
	"strings"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// New returns a progress bar on w for a number of steps, and behind it a description. The bar is
// invisible unless w is a terminal, and it disappears when it is full. In a narrow terminal the end of
// the description is cut off, so that all stays on one line. Callers ignore the errors of its methods:
// a program should not stop because a bar cannot be drawn.
func New(w io.Writer, steps int, description string) *progressbar.ProgressBar {
	return onLine(line{w, columns}, isTerminal(w), steps, description)
}

func onLine(l line, visible bool, steps int, description string) *progressbar.ProgressBar {
	return progressbar.NewOptions(steps, progressbar.OptionSetWriter(l),
		progressbar.OptionSetVisibility(visible), progressbar.OptionClearOnFinish(),
		progressbar.OptionSetWidth(15), progressbar.OptionSetDescription(description),
		progressbar.OptionShowDescriptionAtLineEnd())
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

// columns returns how many columns a terminal has now, or 80 if it does not say.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if width, _, err := term.GetSize(int(f.Fd())); err == nil && width > 0 {
			return width
		}
	}
	return 80
}

// A line writes to w what fits on a line there. Each Write is a text for one line, with carriage
// returns that go back to the beginning of the line.
type line struct {
	w       io.Writer
	columns func(io.Writer) int
}

// Write leaves the last column free: a text that reaches it makes some terminals begin a new line.
func (l line) Write(text []byte) (n int, err error) {
	most := max(1, l.columns(l.w)-1)
	parts := strings.Split(string(text), "\r")
	for i, part := range parts {
		if r := []rune(part); len(r) > most {
			parts[i] = string(r[:most])
		}
	}
	if _, err := io.WriteString(l.w, strings.Join(parts, "\r")); err != nil {
		return 0, err
	}
	return len(text), nil
}
