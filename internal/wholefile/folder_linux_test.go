package wholefile

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"
)

// A file that may be written, in a folder where nobody may create one, is not written over: it could be half
// written. The error says so.
func TestClosedFolder(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("old"), 0o666); err != nil {
		t.Fatal(err)
	}
	for name, mode := range map[string]os.FileMode{file: 0o666, filepath.Dir(folder): 0o755, folder: 0o555} {
		if err := os.Chmod(name, mode); err != nil {
			t.Fatal(err)
		}
	}
	runtime.LockOSThread() // and not unlocked, so that the thread ends with the test
	if os.Geteuid() == 0 {
		if err := syscall.Setfsuid(12345); err != nil { // for whom permissions count
			t.Fatal(err)
		}
	}
	err := Write(file, []byte("new"))
	want := "no file can be created beside it, to take its place when it is whole: open " + file +
		": permission denied"
	if err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "old" {
		t.Errorf("the file has %q, error %v", text, err)
	}
	if os.Geteuid() == 0 {
		_ = syscall.Setfsuid(0)
	}
	if err := os.Chmod(folder, 0o755); err != nil { // so that it can be removed
		t.Error(err)
	}
}
