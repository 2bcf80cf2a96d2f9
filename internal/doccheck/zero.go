package doccheck

import (
	"fmt"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// TestZeros calls functions, and the exported methods of types, with the zero value of every
// argument. It fails with a sentence for each call that panics with anything but a string, or an
// error, that begins with the name of the package and a colon, and with one for each exported
// function or method of the package in a folder that was not called.
//
// Types are given as pointers to a value of them. Each method is called on that value, and on a
// nil pointer if the receiver is one. A variadic function is called without the last arguments,
// and with one.
func TestZeros(tb testing.TB, folder string, functions, types []any) {
	tb.Helper()
	all, err := Symbols(folder)
	if err != nil {
		tb.Fatal(err)
	}
	report(tb, callWithZeros(all, functions, types))
}

// callWithZeros returns the sentences of TestZeros.
func callWithZeros(all map[string]Symbol, functions, types []any) (sentences []string) {
	called := map[string]bool{}
	call := func(name, how string, f reflect.Value, receiver ...reflect.Value) {
		called[name] = true
		pkg := packageOf(f, receiver)
		for _, variadic := range []bool{false, true} {
			if variadic && !f.Type().IsVariadic() {
				continue
			}
			if got := panicOf(f, zeros(f.Type(), receiver, variadic)); got != "" && !strings.HasPrefix(got, pkg+": ") {
				sentences = append(sentences, fmt.Sprintf("%s%s panics with %q, want a sentence that begins "+
					"with %q", name, how, got, pkg+": "))
			}
		}
	}
	for _, f := range functions {
		v := reflect.ValueOf(f)
		call(functionName(v), "", v)
	}
	for _, p := range types {
		v := reflect.ValueOf(p)
		for i := range v.NumMethod() {
			m := v.Type().Method(i)
			name := v.Type().Elem().Name() + "." + m.Name
			if _, exported := all[name]; !exported {
				continue // a method that is there for tests
			}
			call(name, " of a zero value", m.Func, v)
			if _, byValue := v.Type().Elem().MethodByName(m.Name); !byValue {
				call(name, " of nil", m.Func, reflect.Zero(v.Type()))
			}
		}
	}
	for name, s := range all {
		if s.Callable && !called[name] {
			sentences = append(sentences, name+" is not called with zero values")
		}
	}
	return sentences
}

// zeros returns a receiver, if there is one, and a zero value for every other parameter.
func zeros(f reflect.Type, receiver []reflect.Value, variadic bool) []reflect.Value {
	args := slices.Clone(receiver)
	for i := len(args); i < f.NumIn(); i++ {
		switch last := i == f.NumIn()-1 && f.IsVariadic(); {
		case last && variadic:
			args = append(args, reflect.Zero(f.In(i).Elem()))
		case !last:
			args = append(args, reflect.Zero(f.In(i)))
		}
	}
	return args
}

// panicOf returns what a call panics with, or "".
func panicOf(f reflect.Value, args []reflect.Value) (got string) {
	defer func() {
		if r := recover(); r != nil {
			got = fmt.Sprint(r) // of a runtime.Error it begins with "runtime error: "
		}
	}()
	f.Call(args)
	return ""
}

// functionName returns the name of a function without its package, and without type arguments.
func functionName(f reflect.Value) string {
	name := qualified(f)
	name = name[strings.LastIndexByte(name, '/')+1:]
	_, name, _ = strings.Cut(name, ".")
	name, _, _ = strings.Cut(name, "[")
	return name
}

// packageOf returns the name of the package of a function, or of its receiver's type.
func packageOf(f reflect.Value, receiver []reflect.Value) string {
	path := qualified(f)
	if len(receiver) > 0 {
		path = receiver[0].Type().Elem().PkgPath() + "."
	}
	path = path[strings.LastIndexByte(path, '/')+1:]
	name, _, _ := strings.Cut(path, ".")
	return name
}

// qualified returns the path of a function's package, a dot, and its name.
func qualified(f reflect.Value) string { return runtime.FuncForPC(f.Pointer()).Name() }
