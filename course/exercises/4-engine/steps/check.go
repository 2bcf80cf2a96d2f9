package steps

import (
	"fmt"
	"strings"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// A check is what is tested about one part of an engine. It returns what is wrong, or nil.
type check struct {
	name string
	find func() *checking.Finding
}

// run does the checks in their order, up to the first that finds something.
func run(checks []check) (f checking.Findings) {
	for _, c := range checks {
		wrong := c.recovered()
		if wrong != nil {
			wrong.Name = c.name
			return append(f, *wrong)
		}
		f = append(f, checking.Finding{Name: c.name, OK: true, Text: c.name + " is right"})
	}
	return f
}

// recovered returns what is found, or that the answer panics.
func (c check) recovered() (f *checking.Finding) {
	defer func() {
		if r := recover(); r != nil {
			f = engine.Wrong(c.name, fmt.Sprintf("%s panics: %v", c.name, r), why(fmt.Sprint(r)))
		}
	}()
	return c.find()
}

// why explains what Go says when a program panics.
func why(text string) string {
	switch {
	case strings.Contains(text, "[0] with length 0"):
		return "the list is empty; a leaf has no Parents and no Local, and any other value has as many in Local " +
			"as in Parents"
	case strings.Contains(text, "index out of range"):
		return "the last of n in a list has the number n − 1, and the first one 0"
	case strings.Contains(text, "nil"):
		return "a pointer or a map is nil there; &Value{…} makes a Value, and map[*Value]bool{} a map"
	}
	return "the code does not come to its end"
}

// checkNew checks how a leaf is made.
func checkNew(e engine.Engine) *checking.Finding {
	v := e.New(3)
	switch {
	case v == nil:
		return engine.Wrong("New", "New(3) is nil, and should be a new Value", "nil is returned")
	case e.Data(v) != 3:
		return engine.Wrong("New", "New(3) has the Data "+engine.Number(e.Data(v)), "Data is not set")
	case len(e.Parents(v)) > 0:
		return engine.Wrong("New", "New(3) has parents, although it was not computed", "Parents is set")
	}
	return nil
}
