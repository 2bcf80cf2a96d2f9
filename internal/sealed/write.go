package sealed

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
)

// A Head says what a text is. It stands at the beginning: embed it as the first field of a struct.
type Head struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
}

// The formats of files that this project writes.
const (
	Network    = "gradus mlp"
	Parameters = "gradus parameters"
	Training   = "gradus training"
)

// readers says which function reads a format, for whoever calls another one.
var readers = map[string]string{
	Network: "nn.Load", Parameters: "nn.LoadParams", Training: "Config.Checkpoint of nn/train",
}

// Text returns v as JSON, one number a line, with the checksum as its last field, "sha256". It does
// not end with a newline, so that a reader notices when any byte is missing, the last one included.
// v must be a struct that begins with a Head.
//
// It returns an error if the text would have more bytes than largest, or a word that [Reader]
// refuses.
func Text(v any, largest int) ([]byte, error) {
	compact, err := Seal(v)
	if err != nil {
		return nil, err
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, compact, "", " "); err != nil {
		return nil, err
	}
	if indented.Len() > largest {
		return nil, fmt.Errorf("the file would have %d bytes, want at most %d", indented.Len(), largest)
	}
	_, err = io.Copy(io.Discard, newText(bytes.NewReader(compact), int64(largest))) // as a Reader reads it
	return indented.Bytes(), err
}

// Seal returns what Text does, without spaces, and however large it is.
func Seal(v any) ([]byte, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	text = append(bytes.TrimSuffix(text, []byte("}")), `,"sha256":"`...)
	sum := sha256.Sum256(append(text, end...))
	return append(text, hex.EncodeToString(sum[:])+end...), nil
}

// end is what follows the checksum in a text without spaces.
const end = `"}`
