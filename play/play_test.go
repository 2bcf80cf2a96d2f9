package play_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/doccheck"
	"github.com/gradus-go/gradus/play"
)

func TestEverySymbolHasAnExample(t *testing.T) { doccheck.TestExamples(t, ".") }

// In a folder that is no module, Page says what the command go says.
func TestPageOutsideOfAModule(t *testing.T) {
	_, err := play.Page(t.Context(), t.TempDir())
	const want = "play: want a folder of a checkout of Gradus, or of a module that requires it: go list: "
	if err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("the error is %v", err)
	}
}

func TestPageWithoutGo(t *testing.T) {
	t.Setenv("PATH", "")
	_, err := play.Page(t.Context(), "")
	if err == nil || !strings.HasPrefix(err.Error(), "play: the playground is compiled by the command go: ") {
		t.Errorf("the error is %v", err)
	}
}

// Two servers at a time have two addresses, both of this computer alone.
func TestServe(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	addresses, done := make(chan string), make(chan error)
	for _, page := range []string{"one", "two"} {
		go func() { done <- play.Serve(ctx, []byte(page), func(a string) { addresses <- a }) }()
	}
	got := map[string]bool{}
	for range 2 {
		address := <-addresses
		host, _, err := net.SplitHostPort(strings.TrimSuffix(strings.TrimPrefix(address, "http://"), "/"))
		if err != nil || !net.ParseIP(host).IsLoopback() {
			t.Errorf("the address is %s, want one of this computer: %v", address, err)
		}
		text, status := load(t, address)
		got[text] = status == http.StatusOK
		if _, status := load(t, address+"other"); status != http.StatusNotFound {
			t.Errorf("%sother has the status %d", address, status)
		}
	}
	if !got["one"] || !got["two"] {
		t.Errorf("the servers serve %v", got)
	}
	stop()
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func load(t *testing.T, address string) (text string, status int) {
	t.Helper()
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), answer.StatusCode
}
