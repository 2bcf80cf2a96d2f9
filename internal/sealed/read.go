package sealed

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"

	"github.com/gradus-go/gradus/internal/strictjson"
)

// A Reader reads what [Text] has written, word by word.
type Reader struct {
	strictjson.Reader
	text *text
}

// New returns a Reader of the text in r, which may have so many bytes.
func New(r io.Reader, largest int64) Reader {
	t := newText(r, largest)
	return Reader{strictjson.New(t), t}
}

// Whole reads a text that is one object with this Head, these fields and, after them, the checksum.
// Its error begins with the place in the text.
func (r Reader) Whole(head Head, fields ...strictjson.Field) error {
	var stated string
	all := []strictjson.Field{
		{Key: "format", Read: func() error { return r.format(head.Format) }},
		{Key: "version", Read: func() error { return r.version(head.Version) }},
	}
	all = append(append(all, fields...), strictjson.Field{Key: "sha256", Read: func() (err error) {
		stated, err = r.String()
		return err
	}})
	if err := r.Reader.Whole(all...); err != nil {
		return err
	}
	if computed := r.text.checksum(); stated != computed {
		return fmt.Errorf("sha256 is %.64q, want %q: the file was edited or damaged", stated, computed)
	}
	return nil
}

func (r Reader) format(want string) error {
	format, err := r.String()
	if err == nil && format != want {
		err = fmt.Errorf(" is %.40q, want %q", format, want)
		if reader := readers[format]; reader != "" {
			err = fmt.Errorf("%w: %s reads this file", err, reader)
		}
	}
	return err
}

func (r Reader) version(want int) error {
	version, err := r.Int()
	if err == nil && version != want {
		err = fmt.Errorf(" is %d, want %d: another version of this package wrote it", version, want)
	}
	return err
}

// A text reads the text of a file and computes the sum that stands at its end: that of the text
// without the spaces between words and without the sum itself. It hands on only one space of
// several. It returns an error if the text is too large, or if it has a word that nobody needs. So
// whoever reads the text word by word needs little memory.
type text struct {
	from            io.Reader
	largest, left   int64 // how many bytes may come at all, and from now on
	sum             hash.Hash
	tail            []byte // the last bytes, which may be the sum and what follows it
	word            int    // how many bytes of a word there have been
	quoted, escaped bool
	space           bool // the last byte was one
}

// LongestWord is the size in bytes of the longest string or number in a text.
const LongestWord = 1 << 16

func newText(from io.Reader, largest int64) *text {
	return &text{from: io.LimitReader(from, largest+1), largest: largest, left: largest, sum: sha256.New()}
}

func (t *text) Read(p []byte) (n int, err error) {
	n, err = t.from.Read(p)
	if t.left -= int64(n); t.left < 0 {
		return 0, fmt.Errorf("it is larger than %d bytes", t.largest)
	}
	kept := p[:0]
	for _, b := range p[:n] {
		space := t.add(b)
		if !space || !t.space {
			kept = append(kept, b)
		}
		if t.space = space; t.word > LongestWord {
			return 0, fmt.Errorf("there is a word of more than %d bytes, want a name or a number", LongestWord)
		}
	}
	if before := len(t.tail) - 2*sha256.Size - len(end); before > 0 {
		t.sum.Write(t.tail[:before])
		t.tail = t.tail[:copy(t.tail, t.tail[before:])]
	}
	return len(kept), err
}

// add adds a byte to the sum, unless it is a space between words, which add reports.
func (t *text) add(b byte) (space bool) {
	switch {
	case t.escaped:
		t.escaped = false
	case t.quoted && b == '\\':
		t.escaped = true
	case b == '"':
		t.quoted = !t.quoted
	case t.quoted:
	case b == ' ' || b == '\t' || b == '\r' || b == '\n':
		t.word = 0
		return true
	case b == ',' || b == ':' || b == '[' || b == ']' || b == '{' || b == '}':
		t.word = 0
	}
	t.word++
	t.tail = append(t.tail, b)
	return false
}

// checksum returns the sum, once the whole text has been read.
func (t *text) checksum() string {
	t.sum.Write([]byte(end))
	return hex.EncodeToString(t.sum.Sum(nil))
}
