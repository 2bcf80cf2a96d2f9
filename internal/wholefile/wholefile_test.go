package wholefile

import (
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
	if err := os.Chmod(file, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Write(file, []byte("secret")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has the mode %v, %v, want that which it had", info.Mode(), err)
	}
	if entries, err := os.ReadDir(folder); err != nil || len(entries) != 2 {
		t.Errorf("the folder has %v, %v, want the file and the link", entries, err)
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
