package data

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/gradus-go/gradus/internal/finite"
	"github.com/gradus-go/gradus/internal/wholefile"
	"github.com/gradus-go/gradus/nn/internal/strictjson"
)

const format = "gradus scaler 1" // the last is the version

// A scalerFile is what a file of a Scaler has. [LoadScaler] reads the same keys in the same order.
type scalerFile struct {
	Format    string    `json:"format"`
	Names     []string  `json:"names"`
	Mean      []float64 `json:"mean"`
	Deviation []float64 `json:"deviation"`
	Classes   []string  `json:"classes"`
}

// check returns an error if the parts of the Scaler do not fit together.
func (s *Scaler) check() error {
	if s == nil || len(s.Names) == 0 {
		return errors.New("the Scaler has no columns, want one that Standardise or LoadScaler returned")
	}
	if n := len(s.Names); len(s.Mean) != n || len(s.Deviation) != n {
		return fmt.Errorf("the Scaler has %d Names, %d Means and %d Deviations, want the same number of each",
			n, len(s.Mean), len(s.Deviation))
	}
	for j, name := range s.Names {
		if mean, deviation := s.Mean[j], s.Deviation[j]; !finite.All(mean, deviation) || deviation <= 0 {
			return fmt.Errorf("the column %s has the mean %v and the deviation %v, want finite numbers, and more "+
				"than 0 for the deviation", name, mean, deviation)
		}
	}
	for _, names := range [][]string{s.Names, s.Classes} {
		seen := make(map[string]bool, len(names))
		for _, name := range names {
			if err := checkName(name); err != nil {
				return fmt.Errorf("the Scaler: %w", err)
			}
			if seen[name] {
				return fmt.Errorf("the Scaler has two columns or classes %q, want different names", name)
			}
			seen[name] = true
		}
	}
	return nil
}

// Save writes the Scaler to the file of that name, as JSON, with its names and classes. Whatever happens,
// the file has either its old contents or all of the new ones.
//
// It returns an error if the parts of the Scaler do not fit together, or if the file cannot be written.
func (s *Scaler) Save(name string) error {
	text, err := s.text()
	if err == nil {
		err = wholefile.Write(name, text)
	}
	if err != nil {
		return fmt.Errorf("data: Save: %s: %w", name, err)
	}
	return nil
}

func (s *Scaler) text() ([]byte, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	f := scalerFile{format, s.Names, s.Mean, s.Deviation, append([]string{}, s.Classes...)}
	return json.MarshalIndent(f, "", " ")
}

// LoadScaler reads a Scaler from a file that [Scaler.Save] has written.
//
// It returns an error that names the place if the file cannot be read, is of another version of the format,
// is incomplete or has anything else in it, or if its numbers cannot be those of a Scaler.
func LoadScaler(name string) (*Scaler, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("data: LoadScaler: %w", err)
	}
	defer func() { _ = f.Close() }() // it was only read
	s, err := readScaler(f)
	if err != nil {
		return nil, fmt.Errorf("data: LoadScaler: %s: %w", name, err)
	}
	return s, nil
}

func readScaler(r io.Reader) (*Scaler, error) {
	in, s := strictjson.New(r), new(Scaler)
	err := in.Whole(
		strictjson.Field{Key: "format", Read: func() error {
			stated, err := in.String()
			if err == nil && stated != format {
				err = fmt.Errorf(" is %.40q, want %q", stated, format)
			}
			return err
		}},
		listField(in, "names", &s.Names, in.String),
		listField(in, "mean", &s.Mean, in.Float),
		listField(in, "deviation", &s.Deviation, in.Float),
		listField(in, "classes", &s.Classes, in.String),
	)
	if err == nil {
		err = s.check()
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// listField reads the list of a key.
func listField[T any](in strictjson.Reader, key string, to *[]T, read func() (T, error)) strictjson.Field {
	return strictjson.Field{Key: key, Read: func() error {
		_, err := in.List(func(int) error {
			x, err := read()
			*to = append(*to, x)
			return err
		})
		return err
	}}
}
