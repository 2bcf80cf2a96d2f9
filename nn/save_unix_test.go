//go:build unix

package nn

import (
	"errors"
	"math/rand/v2"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// The file has the permissions that the umask leaves, as those that a shell writes.
func TestSavePermissions(t *testing.T) {
	for umask, want := range map[int]os.FileMode{0o022: 0o644, 0o077: 0o600, 0o002: 0o664} {
		old := syscall.Umask(umask)
		name, _ := saved(t, small())
		syscall.Umask(old)
		info, err := os.Stat(name)
		if err != nil || info.Mode() != want {
			t.Errorf("umask %o: mode %v, error %v, want %v", umask, info.Mode(), err, want)
		}
	}
}

// Where the disk is full, the old file stays. A limit to the size of files is as good a test. It
// leaves room for the log that the command go lets a test write.
func TestSaveOnFullDisk(t *testing.T) {
	name, old := saved(t, small())
	m := NewMLP(rand.New(rand.NewPCG(1, 2)), 200, Dense{Units: 200}) // a megabyte
	signal.Ignore(syscall.SIGXFSZ)                                   // so that writing returns an error
	defer signal.Reset(syscall.SIGXFSZ)
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	less := limit
	less.Cur = 1 << 19
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &less); err != nil {
		t.Fatal(err)
	}
	err := m.Save(name)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, syscall.EFBIG) {
		t.Errorf("the error is %v, want %v", err, syscall.EFBIG)
	}
	onlyFile(t, name, old)
}
