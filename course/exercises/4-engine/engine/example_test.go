package engine_test

import (
	"fmt"

	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// A learner's test hands on the functions of a type Value.
func ExampleOf() {
	type Value struct{ Data float64 }
	e := engine.Of(engine.Functions[*Value]{
		New:  func(data float64) *Value { return &Value{data} },
		Data: func(v *Value) float64 { return v.Data },
		Add:  func(v, w *Value) *Value { return &Value{v.Data + w.Data} },
	})
	fmt.Println(e.Data(e.Add(e.New(2), e.New(3))))
	// Output: 5
}

func ExampleWrong() {
	f := engine.Wrong("∂(a·b)/∂a", "for a = 3 and b = 2, ∂(a·b)/∂a is 3, and should be 2",
		"a itself, where the other operand belongs: b")
	fmt.Println(f.Text)
	// Output:
	// for a = 3 and b = 2, ∂(a·b)/∂a is 3, and should be 2
	//   first wrong: ∂(a·b)/∂a; what would explain it:
	//     ∂(a·b)/∂a: a itself, where the other operand belongs: b
}

func ExampleTodo() {
	fmt.Println(engine.Todo("Add").Slips)
	// Output: [Add: write its body in place of TODO]
}

func ExampleNumber() {
	fmt.Println(engine.Number(-1.0/3), engine.Equal(0.1+0.2, 0.3), checking.Todo)
	// Output: −0.333333 true TODO
}
