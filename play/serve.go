package play

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Port is the port at which [Serve] serves a page, unless another program has it.
const Port = 2718

// Serve serves a page at an address of this computer alone, until the context is cancelled. When it is
// ready, it calls ready with the address. The port is [Port], so that a browser finds what it has kept
// for the page, or another if that is taken.
//
// It returns an error if there is no port, or if the server fails.
func Serve(ctx context.Context, page []byte, ready func(address string)) error {
	l, err := listen(ctx)
	if err != nil {
		return fmt.Errorf("play: no port on this computer is free: %w", err)
	}
	server := &http.Server{
		ReadHeaderTimeout: 10 * time.Second,
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/" {
				http.NotFound(w, r)
				return
			}
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Cache-Control", "no-cache")
			http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(page))
		}),
	}
	context.AfterFunc(ctx, func() { _ = server.Close() })
	ready("http://" + l.Addr().String() + "/")
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("play: %w", err)
	}
	return nil
}

// listen returns a listener at Port, or at another port if that is taken.
func listen(ctx context.Context) (net.Listener, error) {
	var c net.ListenConfig
	if l, err := c.Listen(ctx, "tcp", fmt.Sprint("localhost:", Port)); err == nil {
		return l, nil
	}
	return c.Listen(ctx, "tcp", "localhost:0")
}
