// Package corpus reads texts for a language model: one text a line. It carries a list of names.
package corpus

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed" // names2018.txt.gz
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"unicode/utf8"
)

//go:embed names2018.txt.gz
var names []byte

// Source says what Names are.
const Source = "first names of children born in the US in 2018 " +
	"(Social Security Administration, public domain)"

// MostLetters is how many different characters a text may have. The model has a row of weights for each.
const MostLetters = 1000

// longestLine is the length of the longest line that is read, in bytes.
const longestLine = 1 << 20

// A Corpus is a list of texts, and of the characters that occur in them, in their order.
type Corpus struct {
	Texts   []string
	Letters []rune
}

// Names returns the names that the program carries.
func Names() (Corpus, error) { return read("names2018.txt", gzipped(bytes.NewReader(names))) }

// Read returns the lines of a file, without the white space around them. It leaves out empty ones. A
// file whose name ends with .gz is decompressed.
//
// It returns an error, which says in which line, if the file is no text in UTF-8, if it is empty, or if
// it has more than MostLetters different characters.
func Read(file string) (Corpus, error) {
	f, err := os.Open(file)
	if err != nil {
		return Corpus{}, err
	}
	defer func() { _ = f.Close() }() // it was only read
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return Corpus{}, fmt.Errorf("%s: it is a folder, want a file with a text a line", file)
	}
	if strings.HasSuffix(file, ".gz") {
		return read(file, gzipped(f))
	}
	return read(file, f)
}

// gzipped returns the decompressed text of r.
func gzipped(r io.Reader) io.Reader {
	z, err := gzip.NewReader(r)
	if err != nil {
		return failing{fmt.Errorf("it is no gzip file: %w", err)}
	}
	return z
}

// A failing reader returns an error.
type failing struct{ error }

func (f failing) Read([]byte) (int, error) { return 0, f.error }

func read(name string, r io.Reader) (Corpus, error) {
	var c Corpus
	seen := make([]bool, utf8.MaxRune+1)
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	n := 0
	for ; lines.Scan(); n++ {
		text := strings.TrimSpace(strings.TrimPrefix(lines.Text(), "\uFEFF"))
		if !utf8.ValidString(text) {
			return Corpus{}, fmt.Errorf("%s: line %d is not text in UTF-8", name, n+1)
		}
		if text == "" {
			continue
		}
		c.Texts = append(c.Texts, text)
		for _, letter := range text {
			if !seen[letter] {
				seen[letter] = true
				c.Letters = append(c.Letters, letter)
			}
		}
		if len(c.Letters) > MostLetters {
			return Corpus{}, fmt.Errorf("%s: up to line %d there are %d different characters, want at most %d",
				name, n+1, len(c.Letters), MostLetters)
		}
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return Corpus{}, fmt.Errorf("%s: line %d is longer than %d bytes, want a text a line",
			name, n+1, longestLine)
	} else if err != nil {
		return Corpus{}, fmt.Errorf("%s: line %d: %w", name, n+1, err)
	}
	if len(c.Texts) == 0 {
		return Corpus{}, fmt.Errorf("%s has no text, want a text a line", name)
	}
	slices.Sort(c.Letters)
	return c, nil
}
