package progress

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
	"unicode/utf8"
)

// Waiting shows on w, if that is a terminal, what a program does and for how many seconds it has done so,
// from the first second on. It is for work whose steps cannot be counted; for others there is [New]. Call
// stop before the program writes anything: it takes the line away. To call it again does nothing.
func Waiting(w io.Writer, what string) (stop func()) {
	if !isTerminal(w) {
		return func() {}
	}
	ticker := time.NewTicker(time.Second)
	end := waiting(line{w, columns}, what, ticker.C)
	return sync.OnceFunc(func() {
		ticker.Stop()
		end()
	})
}

// waiting shows one more second at each tick, until stop is called, which must be once.
func waiting(l line, what string, ticks <-chan time.Time) (stop func()) {
	end, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		text := ""
		for seconds := 1; ; seconds++ {
			select {
			case <-end:
				if text != "" {
					fmt.Fprintf(l, "\r%s\r", strings.Repeat(" ", utf8.RuneCountInString(text)))
				}
				return
			case <-ticks:
				text = fmt.Sprintf("%d s: %s …", seconds, what)
				fmt.Fprintf(l, "\r%s", text)
			}
		}
	}()
	return func() {
		close(end)
		<-ended
	}
}

// Before is a Writer that calls Stop before it writes.
type Before struct {
	io.Writer
	Stop func()
}

func (b Before) Write(p []byte) (int, error) {
	b.Stop()
	return b.Writer.Write(p)
}
