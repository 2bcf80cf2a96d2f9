package steps_test

import (
	"fmt"

	whole "github.com/gradus-go/gradus/course/exercises/4-engine/5-whole/answers"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/exercises/4-engine/steps"
)

type value = whole.Value

// The solution of the last step, with Backward as somebody may write it who does not think of a·a.
func Example() {
	e := engine.Of(engine.Functions[*value]{
		New: whole.New, Add: (*value).Add, Sub: (*value).Sub, Mul: (*value).Mul, Order: whole.Order,
		Data: func(v *value) float64 { return v.Data }, Grad: func(v *value) float64 { return v.Grad },
		Parents: func(v *value) []*value { return v.Parents },
		Local:   func(v *value) []float64 { return v.Local },
		Backward: func(root *value) {
			list := whole.Order(root)
			root.Grad = 1
			for k := len(list) - 1; k >= 0; k-- {
				for i, p := range list[k].Parents {
					p.Grad = list[k].Grad * list[k].Local[i]
				}
			}
		},
	})
	fmt.Println(steps.Orders(e).OK())
	wrong, _ := steps.Gradients(e).FirstWrong()
	fmt.Println(wrong.Text)
	// Output:
	// true
	// a = 3; L = a·a
	//   after Backward, the Grad of a is 3, and should be 6:
	//   ∂L/∂a = ∂L/∂L·∂L/∂a + ∂L/∂L·∂L/∂a = 1·3 + 1·3
	//   first wrong: ∂L/∂a; what would explain it:
	//     ∂L/∂a: = stands where += belongs: of several paths the last one alone is left
}
