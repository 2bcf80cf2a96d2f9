package gofile

import (
	"fmt"
	"strconv"
	"strings"
)

// reporting names the two maps in which the function writes down the numbers and the gradients of named
// results. They are "" if it does not.
type reporting struct{ results, gradients string }

// report makes the function write them down.
func (w *writer) report() {
	w.reporting = reporting{w.names.of("values", ""), w.names.of("gradients", "")}
}

// parameters returns the maps as parameters of the function.
func (r reporting) parameters() string {
	if r.results == "" {
		return ""
	}
	return fmt.Sprintf(", %s, %s map[string]float64", r.results, r.gradients)
}

// writeDown writes down an expression for an item: a number, or lane by lane. A sum that begins with 0 makes
// 0 of −0, as gradients do.
func (w *writer) writeDown(it *item, into string, e expr) {
	var labels []string
	named := false
	for _, i := range it.nodes {
		labels = append(labels, strconv.Quote(w.Names[i]))
		named = named || w.Names[i] != ""
	}
	if into == "" || !named {
		return
	}
	if into == w.gradients {
		e = add(num(0), e)
	}
	if it.n == 0 {
		w.write(fmt.Sprintf("%s[%s] = %s", into, labels[0], e.text), "")
		return
	}
	w.writeLane(it.n, false, true,
		fmt.Sprintf("%s[[...]string{%s}[i]] = %s", into, strings.Join(labels, ", "), e.text), "")
}
