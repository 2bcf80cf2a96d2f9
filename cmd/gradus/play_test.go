package main

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestPlay(t *testing.T) {
	file := filepath.Join(t.TempDir(), "play.html")
	if out := output(t, "play", "-o", file); out != "" {
		t.Errorf("it prints %q", out)
	}
	page, err := os.ReadFile(file)
	if err != nil || !strings.HasPrefix(string(page), "<!DOCTYPE html>") {
		t.Errorf("the page is %.40q, %v", page, err)
	}

	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	out := &addressed{found: func(address string) {
		go func() {
			defer stop()
			answer, err := http.Get(address)
			if err != nil || answer.StatusCode != http.StatusOK || answer.ContentLength != int64(len(page)) {
				t.Errorf("%s serves %v, %v", address, answer, err)
			}
		}()
	}}
	if status := command(ctx, []string{"play", "-quiet"}, nil, out, os.Stderr); status != 0 {
		t.Errorf("exit status %d", status)
	}
	if !regexp.MustCompile(`^The playground is at http://\S+/\. Ctrl-C ends it\.\n$`).Match(out.Bytes()) {
		t.Errorf("it prints %q", out)
	}
}

// An addressed buffer looks for an address in what is written.
type addressed struct {
	bytes.Buffer
	found func(address string)
}

func (a *addressed) Write(p []byte) (int, error) {
	if address := regexp.MustCompile(`http://\S+/`).Find(p); address != nil {
		a.found(string(address))
	}
	return a.Buffer.Write(p)
}

func TestPlayErrors(t *testing.T) {
	for _, test := range []struct {
		args   string
		status int
		want   string
	}{
		{"play file.html", 2, "file.html: want no argument; -o FILE writes the page into a file"},
		{"play -o no/play.html", 1, "no/play.html: there is no folder no to write the file in"},
	} {
		status, stdout, stderr := call(t, "", strings.Fields(test.args)...)
		if status != test.status || stdout != "" || !strings.HasPrefix(stderr, "gradus: "+test.want) {
			t.Errorf("%s: exit status %d, stdout %q, stderr %q", test.args, status, stdout, stderr)
		}
	}
	t.Chdir(t.TempDir())
	status, _, stderr := call(t, "", "play", "-o", "play.html")
	const want = "gradus: play: want a folder of a checkout of Gradus, or of a module that requires it:"
	if status != 1 || !strings.HasPrefix(strings.Join(strings.Fields(stderr), " "), want) {
		t.Errorf("outside of a module: exit status %d, stderr %q", status, stderr)
	}
}
