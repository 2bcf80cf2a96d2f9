package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// A list is the value of a flag: some of the choices with commas between them, or the word
// all.
type list struct {
	names   *[]string
	choices []string
}

// String returns what Set takes.
func (l list) String() string {
	if slices.Equal(*l.names, l.choices) {
		return "all"
	}
	return strings.Join(*l.names, ",")
}

// Set takes a list or the word all.
func (l list) Set(s string) error {
	if s == "all" {
		*l.names = l.choices
		return nil
	}
	names := strings.Split(s, ",")
	for _, name := range names {
		if !slices.Contains(l.choices, name) {
			return fmt.Errorf("there is no %q, want all, or some of %s", name, strings.Join(l.choices, ", "))
		}
	}
	*l.names = names
	return nil
}

// A turn is the value of a flag: a duration that is not 0 and not negative.
type turn time.Duration

// String returns what Set takes.
func (t *turn) String() string { return time.Duration(*t).String() }

// Set takes a duration in the notation of time.ParseDuration.
func (t *turn) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return errors.New("want a duration of more than 0, such as 50ms")
	}
	*t = turn(d)
	return nil
}
