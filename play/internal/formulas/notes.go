package formulas

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus/internal/formulary"
	"github.com/gradus-go/gradus/play/internal/written"
)

// faults is an error that consists of notes.
type faults []written.Note

func (f faults) Error() string { return f[0].Message }

// read reads a text. Its error consists of faults, or is about the choice of what is derived.
func read(text, of, by string) (*formulary.Draft, error) {
	if err := written.TooLong(text); err != nil {
		return nil, err
	}
	d, err := formulary.ReadDraft(text, of, by)
	if err != nil && !errors.As(err, new(*formulary.ChoiceError)) {
		err = faults(written.NotesOf(err))
	}
	return d, err
}

// notesOn returns what is said of names without a number.
func notesOn(d *formulary.Draft) (notes []written.Note) {
	for _, e := range d.Doubts {
		notes = append(notes, written.NoteOf(e))
	}
	if len(d.Guessed) == 0 {
		return notes
	}
	have := "has no number yet. It is " + strconv.Itoa(formulary.Guess(0)) + " here; write a definition " +
		"such as " + d.Guessed[0] + " = 0.5, or drag it."
	if n := len(d.Guessed); n > 1 {
		have = "have no numbers yet. They are 1, 2 and so on here; write definitions such as " +
			d.Guessed[0] + " = 0.5, or drag them."
	}
	names := d.Guessed[:min(len(d.Guessed), 8)]
	list := strings.Join(names, ", ")
	if len(names) < len(d.Guessed) {
		list += fmt.Sprintf(" and %d more", len(d.Guessed)-len(names))
	}
	return append(notes, written.Note{Message: list + " " + have})
}
