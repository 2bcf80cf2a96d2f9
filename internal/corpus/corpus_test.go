package corpus

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNames(t *testing.T) {
	c, err := Names()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Texts) != 32178 || string(c.Letters) != "abcdefghijklmnopqrstuvwxyz" {
		t.Errorf("%d texts of %q, want 32178 of a to z", len(c.Texts), string(c.Letters))
	}
	if diff := cmp.Diff([]string{"emma", "olivia", "ava"}, c.Texts[:3]); diff != "" {
		t.Errorf("the first names (-want +got):\n%s", diff)
	}
}

func TestRead(t *testing.T) {
	folder := t.TempDir()
	var different strings.Builder
	for i := range MostLetters + 1 {
		different.WriteRune(rune('一' + i))
	}
	for _, test := range []struct {
		name, text string
		want       Corpus
		fails      string
	}{
		{"lines", "\uFEFFb a\r\n\n  ä\t\nab", Corpus{[]string{"b a", "ä", "ab"}, []rune(" abä")}, ""},
		{"empty", " \n\n", Corpus{}, "has no text"},
		{"bytes", "a\nb\xff\n", Corpus{}, "line 2 is not text in UTF-8"},
		{
			"many", "a\n" + different.String(),
			Corpus{},
			"up to line 2 there are 1002 different characters, want at most 1000",
		},
		{
			"long", "a\n" + strings.Repeat("a", longestLine+1),
			Corpus{},
			"line 2 is longer than 1048576 bytes, want a text a line",
		},
	} {
		file := filepath.Join(folder, test.name)
		if err := os.WriteFile(file, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		packed, err := os.Create(file + ".gz")
		if err != nil {
			t.Fatal(err)
		}
		z := gzip.NewWriter(packed)
		if _, err := z.Write([]byte(test.text)); err != nil || z.Close() != nil || packed.Close() != nil {
			t.Fatal(err)
		}
		for _, file := range []string{file, file + ".gz"} {
			got, err := Read(file)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", file, diff)
			}
			if (err == nil) != (test.fails == "") || err != nil && !strings.Contains(err.Error(), test.fails) {
				t.Errorf("%s: the error is %v, want %q", file, err, test.fails)
			}
		}
	}
	for _, file := range []string{filepath.Join(folder, "none"), filepath.Join(folder, "plain.gz")} {
		if filepath.Base(file) == "plain.gz" {
			if err := os.WriteFile(file, []byte("a\n"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := Read(file); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("the error is %v, want one with the name %s", err, file)
		}
	}
}

// Whatever the file, Read refuses it, or returns texts of the letters that it lists.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{"ab\nc", " \n", "\xff", "ü\r\n\u2028x\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		file := filepath.Join(t.TempDir(), "texts")
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Read(file)
		if err != nil {
			return
		}
		seen := map[rune]bool{}
		for _, text := range c.Texts {
			if text == "" || strings.TrimSpace(text) != text || strings.Contains(text, "\n") {
				t.Errorf("a text is %q", text)
			}
			for _, letter := range text {
				seen[letter] = true
			}
		}
		if len(seen) != len(c.Letters) {
			t.Errorf("%d letters are listed, %d occur", len(c.Letters), len(seen))
		}
	})
}
