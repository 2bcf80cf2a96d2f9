package nn

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
)

const (
	formatName    = "gradus mlp"
	formatVersion = 1
)

// A file is the contents of a file that holds a network. [Load] reads the same keys in the same order.
type file struct {
	Format       string      `json:"format"`
	Version      int         `json:"version"`
	Architecture []int       `json:"architecture"` // the number of inputs, then of each layer's units
	Layers       []fileLayer `json:"layers"`
	SHA256       string      `json:"sha256"` // of the file without spaces and with "" in this place
}

type fileLayer struct {
	Activation string       `json:"activation"`
	Neurons    []fileNeuron `json:"neurons"`
}

type fileNeuron struct {
	Name    string    `json:"name"`
	Weights []float64 `json:"weights"`
	Bias    *float64  `json:"bias"` // null if there is none
}

// seal sets the checksum and returns the file as text without spaces.
func seal(f *file) ([]byte, error) {
	f.SHA256 = ""
	text, err := json.Marshal(f)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(text)
	f.SHA256 = hex.EncodeToString(sum[:])
	return append(text[:len(text)-len(end)], f.SHA256+end...), nil
}

// end is what follows the checksum in a file without spaces.
const end = `"}`

// leastSize returns how many bytes a layer has at least in a file that Save writes, where each weight has
// a line of its own, with six spaces before it and a comma behind it. It is a float64, which does not
// overflow, whatever the numbers are.
func leastSize(inputs, units int) float64 {
	const weight, neuron, layer = 9, 80, 50
	return layer + float64(units)*(neuron+float64(inputs)*weight)
}

// A text reads the text of a file and computes the sum that stands at its end: that of the text
// without the spaces between words and without the sum itself. It hands on only one space of
// several. It returns an error if the text is too large, or if it has a word that nobody needs. So
// whoever reads the text word by word needs little memory.
type text struct {
	from            io.Reader
	largest         int64 // how many bytes may come
	sum             hash.Hash
	tail            []byte // the last bytes, which may be the sum and what follows it
	word            int    // how many bytes of a word there have been
	quoted, escaped bool
	space           bool // the last byte was one
}

// longestWord is the size in bytes of the longest string or number in a file.
const longestWord = 1 << 16

func newText(from io.Reader, largest int64) *text {
	return &text{from: io.LimitReader(from, largest+1), largest: largest, sum: sha256.New()}
}

func (t *text) Read(p []byte) (n int, err error) {
	n, err = t.from.Read(p)
	if t.largest -= int64(n); t.largest < 0 {
		return 0, errTooLarge
	}
	kept := p[:0]
	for _, b := range p[:n] {
		space := t.add(b)
		if !space || !t.space {
			kept = append(kept, b)
		}
		if t.space = space; t.word > longestWord {
			return 0, fmt.Errorf("there is a word of more than %d bytes, want a name or a number", longestWord)
		}
	}
	if before := len(t.tail) - 2*sha256.Size - len(end); before > 0 {
		t.sum.Write(t.tail[:before])
		t.tail = t.tail[:copy(t.tail, t.tail[before:])]
	}
	return len(kept), err
}

var errTooLarge = errors.New("it is larger than a file of Save")

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
