package unlisted

import (
	"cmp"
	"fmt"
	"reflect"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/nn"
)

var (
	valueType  = reflect.TypeFor[*gradus.Value]()
	maskType   = reflect.TypeFor[nn.Mask]()
	maskedType = reflect.TypeFor[nn.Masked]()
)

// Error returns an error for a Value that [Captured] returned. It says in which field of the model the Value
// is, if it is in one, and what to do.
func Error(net nn.Model, leaf *gradus.Value) error {
	s := search{leaf: reflect.ValueOf(leaf).Pointer(), seen: map[seen]bool{}}
	path, ok := s.find(reflect.ValueOf(net), "")
	s.owner = cmp.Or(s.owner, reflect.TypeOf(net).String())
	switch {
	case leaf.Op() != nil && ok:
		return fmt.Errorf("Forward uses %s (%v), of a %s, which was %s", trim(path), leaf, s.owner, computedBefore)
	case leaf.Op() != nil:
		return fmt.Errorf("the loss, an activation or Forward uses a Value (%v) that was %s", leaf, computedBefore)
	case s.mask != "":
		return fmt.Errorf("Forward uses the mask %s, of a %s, and %s", s.mask, s.owner, noMasks(net))
	case ok:
		return fmt.Errorf("Forward uses the leaf %s (%v), of a %s, and Params of the network does not list it, "+
			"so that nothing trains it: list it there, or make it a constant with gradus.Const",
			trim(path), leaf, s.owner)
	}
	return fmt.Errorf("the loss, an activation or Forward uses a leaf (%v) that is not among the parameters "+
		"and masks of the network, so that nothing trains it: list it there, or make it a constant with "+
		"gradus.Const; in package train, a constant that changes needs Eager", leaf)
}

const computedBefore = "computed from the parameters before and is not computed anew, so that its number " +
	"stays what it was when they change: compute it in Forward"

// noMasks says why the Masks of a model do not list a mask, and what to do.
func noMasks(net nn.Model) string {
	t := reflect.TypeOf(net)
	switch {
	case t.Implements(maskedType):
		return "Masks of the network does not list it, so that it is never drawn: list it there"
	case reflect.PointerTo(t).Implements(maskedType):
		return fmt.Sprintf("a %s has no method Masks, which a *%[1]s has, so that it is never drawn: use a "+
			"pointer to the network, or embed a pointer, such as *layer.Sequence", t)
	}
	return fmt.Sprintf("a %s has no method Masks, so that it is never drawn: write one that lists it, or "+
		"embed a pointer, such as *layer.Sequence, which has one", t)
}

// A search is one for a leaf.
type search struct {
	leaf uintptr
	seen map[seen]bool

	mask  string // the path of the mask that has the leaf; empty if none has
	owner string // the innermost type that has the leaf, or its mask
}

// seen is what a search need not look at again.
type seen struct {
	at uintptr
	of reflect.Type
	n  int // how many elements of a slice or map
}

// find returns the path to the leaf, such as .Models[1].Mask.Values[0], and whether it is there.
func (s *search) find(v reflect.Value, path string) (string, bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Map, reflect.Slice:
		if v.Type() == valueType { // what it was computed from is no part of the model
			return path, v.Pointer() == s.leaf
		}
		this := seen{at: v.Pointer(), of: v.Type()}
		if v.Kind() != reflect.Pointer {
			this.n = v.Len()
		}
		if v.IsNil() || s.seen[this] {
			return "", false
		}
		s.seen[this] = true
	}
	return s.within(v, path)
}

func (s *search) within(v reflect.Value, path string) (at string, ok bool) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		return s.find(v.Elem(), path)
	case reflect.Struct:
		for i := 0; i < v.NumField() && !ok; i++ {
			at, ok = s.find(v.Field(i), path+"."+v.Type().Field(i).Name)
		}
		if ok && v.Type() == maskType {
			s.mask = trim(path)
		} else if ok && s.owner == "" {
			s.owner = v.Type().String()
		}
	case reflect.Slice, reflect.Array:
		for i := 0; i < v.Len() && !ok; i++ {
			at, ok = s.find(v.Index(i), fmt.Sprintf("%s[%d]", path, i))
		}
	case reflect.Map:
		for key, x := range v.Seq2() {
			if at, ok = s.find(x, fmt.Sprintf("%s[%v]", path, key)); ok {
				break
			}
		}
	}
	return at, ok
}

// trim returns a path as a program writes it behind the network and a point.
func trim(path string) string { return strings.TrimPrefix(path, ".") }
