package wholefile

import (
	"errors"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestWrite(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, strings.Repeat("x", 250))
	for _, text := range []string{"a longer text", "short", ""} {
		if err := Write(file, []byte(text)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("the file has %q, %v, want %q", got, err, text)
		}
	}
	link := filepath.Join(folder, "link")
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	if err := Write(link, []byte("by the link")); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != "by the link" {
		t.Errorf("behind the link is %q, %v", got, err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 2 {
		t.Errorf("the folder has %v, %v, want the file and the link", entries, err)
	}
}

// A new file has the permissions that os.WriteFile gives, and one that is there keeps its own, even none,
// with which root may write it.
func TestPermissions(t *testing.T) {
	folder := t.TempDir()
	plain, file := filepath.Join(folder, "plain"), filepath.Join(folder, "file")
	if err := errors.Join(os.WriteFile(plain, nil, 0o666), Write(file, nil)); err != nil {
		t.Fatal(err)
	}
	mode := func(name string) fs.FileMode {
		info, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode()
	}
	if mode(file) != mode(plain) {
		t.Errorf("a new file has the mode %v, want %v", mode(file), mode(plain))
	}
	for _, want := range []fs.FileMode{0o600, 0o640, 0o755, 0o777, 0} {
		if err := os.Chmod(file, want); err != nil {
			t.Fatal(err)
		}
		err := Write(file, []byte("text"))
		if isRoot := os.Geteuid() == 0; err != nil && (want != 0 || isRoot) {
			t.Error(err)
		}
		if mode(file) != want {
			t.Errorf("the file has the mode %v, want %v, which it had", mode(file), want)
		}
	}
}

// A link that leads to no file yet, or over others and out of folders that are links, stays what it is.
func TestLinks(t *testing.T) {
	folder := t.TempDir()
	t.Chdir(folder)
	link := func(to, name string) {
		if err := os.Symlink(to, name); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.MkdirAll("a/b", 0o700), os.Mkdir("a/sub", 0o700)); err != nil {
		t.Fatal(err)
	}
	link(filepath.Join("a", "b"), "in")
	link(filepath.Join("..", "new"), filepath.Join("a", "b", "link"))
	link(filepath.Join("in", "link"), "first")
	link(filepath.Join(folder, "absolute"), "second")
	link("round", "round")
	for name, want := range map[string]string{
		"file": "file", "first": "a/new", "second": "absolute", "in/../sub/beside": "a/sub/beside",
	} {
		for _, text := range []string{"new", "old"} {
			if err := Write(name, []byte(text)); err != nil {
				t.Error(err)
			}
			if got, err := os.ReadFile(want); err != nil || string(got) != text {
				t.Errorf("%s: %s has %q, %v, want %q", name, want, got, err, text)
			}
		}
	}
	if err := Write("round", nil); err == nil {
		t.Error("a link to itself was written over")
	}
	entries, err := os.ReadDir(".")
	if err != nil || len(entries) != 7 {
		t.Errorf("the folder has %v, %v", entries, err)
	}
}

// What cannot be written is an error, and leaves nothing behind.
func TestFails(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "none", "file")
	if err := Write(file, nil); !os.IsNotExist(err) || !strings.Contains(err.Error(), file+":") {
		t.Errorf("no folder: the error is %v", err)
	}
	socket := filepath.Join(t.TempDir(), "s") // and not /dev/null, which a mistake could replace
	listener, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	if err := Write(socket, nil); err == nil || !strings.Contains(err.Error(), "want a file") {
		t.Errorf("a socket: the error is %v", err)
	}
	if err := os.Mkdir(filepath.Join(folder, "full"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "full", "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(filepath.Join(folder, "full"), nil); err == nil {
		t.Error("a folder was written over")
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 1 {
		t.Errorf("the folder has %v, %v, want what it had", entries, err)
	}
}
