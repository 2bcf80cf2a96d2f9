package claims

import (
	_ "embed" // of the exercises
	"encoding/json"
)

// A Ready exercise is one to choose.
type Ready struct {
	Name  string   `json:"name"`
	Task  string   `json:"task"`
	F     string   `json:"f"`
	D     string   `json:"d"`     // lines without answers
	Slips []string `json:"slips"` // lines with mistakes to look at
}

//go:embed exercises.json
var exercises []byte

// Exercises returns the exercises that are ready.
func Exercises(struct{}) (all []Ready, err error) { return all, json.Unmarshal(exercises, &all) }
