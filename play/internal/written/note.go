package written

import (
	"errors"
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/formula"
)

// A Note is a sentence about a place in a text.
type Note struct {
	Line    int    `json:"line"`   // counted from 1; 0 if the note is about the whole text
	Column  int    `json:"column"` // counted from 1, in characters
	Text    string `json:"text"`   // the line, or the part of it around the place
	Before  int    `json:"before"` // the number of characters of Text before the place
	Message string `json:"message"`
}

// around is how many characters a note shows of a line before and after the place.
const around = 40

// NotesOf returns an error as notes: one for each error of package formula that is joined in it, or else one
// without a place.
func NotesOf(err error) (notes []Note) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok { // of errors.Join
		for _, one := range joined.Unwrap() {
			notes = append(notes, NotesOf(one)...)
		}
		return notes
	}
	if e := new(formula.Error); errors.As(err, &e) {
		return []Note{NoteOf(e)}
	}
	return []Note{{Message: err.Error()}}
}

// NoteOf returns an error of package formula as a note.
func NoteOf(e *formula.Error) Note {
	line := []rune(e.Text)
	at := min(e.Column-1, len(line))
	from, to := max(0, at-around), min(len(line), at+around)
	return Note{
		Line: e.Line, Column: e.Column, Text: string(line[from:to]), Before: at - from, Message: e.Message,
	}
}

// mostCharacters bounds a text, as the page bounds what it keeps.
const mostCharacters = 20_000

// TooLong returns an error if one of the texts is longer than what the page keeps.
func TooLong(texts ...string) error {
	for _, text := range texts {
		if n := len([]rune(text)); n > mostCharacters {
			return fmt.Errorf("the text has %d characters; want at most %d", n, mostCharacters)
		}
	}
	return nil
}

// Shell returns a command with its arguments, as one types it in a shell.
func Shell(command string, args ...string) string {
	for _, arg := range args {
		command += " '" + strings.ReplaceAll(arg, "'", `'\''`) + "'"
	}
	return command
}
