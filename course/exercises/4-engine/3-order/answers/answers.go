package answers

import (
	"slices"

	order "github.com/gradus-go/gradus/course/exercises/4-engine/3-order"
	"github.com/gradus-go/gradus/course/exercises/4-engine/3-order/check"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{
		Shipped: check.Answer(engine.Of(engine.Functions[*order.Value]{
			New:     order.New,
			Data:    func(v *order.Value) float64 { return v.Data },
			Parents: func(v *order.Value) []*order.Value { return v.Parents },
			Add:     (*order.Value).Add,
			Mul:     (*order.Value).Mul,
			Local:   func(v *order.Value) []float64 { return v.Local },
			Sub:     (*order.Value).Sub,
			Order:   order.Order,
		})),
		Solution: answer(func(*functions) {}),
		Right:    right(), Wrong: wrong(),
	}
}

type functions = engine.Functions[*Value]

// answer returns the solution with some functions exchanged.
func answer(exchange func(f *functions)) any {
	f := functions{
		New:     New,
		Data:    func(v *Value) float64 { return v.Data },
		Parents: func(v *Value) []*Value { return v.Parents },
		Add:     (*Value).Add,
		Mul:     (*Value).Mul,
		Local:   func(v *Value) []float64 { return v.Local },
		Sub:     (*Value).Sub,
		Order:   Order,
	}
	exchange(&f)
	return check.Answer(engine.Of(f))
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name: "looked up in the list",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value

					var visit func(v *Value)
					visit = func(v *Value) {
						if slices.Contains(list, v) {
							return
						}

						for _, p := range v.Parents {
							visit(p)
						}
						list = append(list, v)
					}
					visit(root)
					return list
				}
			}),
		},
		{
			Name: "from the last operand",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					seen := map[*Value]bool{}
					var visit func(v *Value, list []*Value) []*Value
					visit = func(v *Value, list []*Value) []*Value {
						if seen[v] {
							return list
						}
						seen[v] = true
						for _, p := range slices.Backward(v.Parents) {
							list = visit(p, list)
						}
						return append(list, v)
					}
					return visit(root, nil)
				}
			}),
		},
		{
			Name: "by counting",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					uses, seen, stack := map[*Value]int{}, map[*Value]bool{}, []*Value{root}
					for len(stack) > 0 {
						v := stack[len(stack)-1]
						stack = stack[:len(stack)-1]
						if seen[v] {
							continue
						}
						seen[v] = true
						for _, p := range v.Parents {
							uses[p]++
							stack = append(stack, p)
						}
					}
					list := []*Value{root}
					for i := 0; i < len(list); i++ {
						for _, p := range list[i].Parents {
							if uses[p]--; uses[p] == 0 {
								list = append(list, p)
							}
						}
					}
					slices.Reverse(list)
					return list
				}
			}),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "nothing is remembered", Factor: "a", Slip: "nothing remembers which values were visited",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value

					var visit func(v *Value)
					visit = func(v *Value) {
						for _, p := range v.Parents {
							visit(p)
						}
						list = append(list, v)
					}
					visit(root)
					return list
				}
			}),
		},
		{
			Name: "appended first", Factor: "L", Slip: "append it behind the loop",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value
					seen := map[*Value]bool{}
					var visit func(v *Value)
					visit = func(v *Value) {
						if seen[v] {
							return
						}
						seen[v] = true
						list = append(list, v)
						for _, p := range v.Parents {
							visit(p)
						}
					}
					visit(root)
					return list
				}
			}),
		},
		{
			Name: "the root first", Factor: "L", Slip: "the root comes first",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value
					seen := map[*Value]bool{}
					var visit func(v *Value)
					visit = func(v *Value) {
						if seen[v] {
							return
						}
						seen[v] = true

						for _, p := range v.Parents {
							visit(p)
						}
						list = append(list, v)
					}
					visit(root)
					slices.Reverse(list)
					return list
				}
			}),
		},
		{
			Name: "turned round", Factor: "d", Slip: "append behind the loop",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value
					seen := map[*Value]bool{}
					var visit func(v *Value)
					visit = func(v *Value) {
						if seen[v] {
							return
						}
						seen[v] = true
						list = append(list, v)
						for _, p := range v.Parents {
							visit(p)
						}
					}
					visit(root)
					slices.Reverse(list)
					return list
				}
			}),
		},
		{
			Name: "level by level", Factor: "d", Slip: "level by level is no order",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					list, seen := []*Value{root}, map[*Value]bool{root: true}
					for i := 0; i < len(list); i++ {
						for _, p := range list[i].Parents {
							if !seen[p] {
								seen[p] = true
								list = append(list, p)
							}
						}
					}
					slices.Reverse(list)
					return list
				}
			}),
		},
		{
			Name: "numbers are remembered", Factor: "b", Slip: "values with equal Data are taken for one",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value
					seen := map[float64]bool{}
					var visit func(v *Value)
					visit = func(v *Value) {
						if seen[v.Data] {
							return
						}
						seen[v.Data] = true

						for _, p := range v.Parents {
							visit(p)
						}
						list = append(list, v)
					}
					visit(root)
					return list
				}
			}),
		},
		{
			Name: "a queue", Factor: "L", Slip: "level by level, and nothing remembers",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					list := []*Value{root}
					for i := 0; i < len(list); i++ {
						list = append(list, list[i].Parents...)
					}
					return list
				}
			}),
		},
		{
			Name: "parents appended only", Factor: "L", Slip: "only parents are appended",
			Answer: answer(func(f *functions) {
				f.Order = childrenFirst
			}),
		},
		{
			Name: "no leaves", Factor: "a", Slip: "the leaves need a Grad, too",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value
					seen := map[*Value]bool{}
					var visit func(v *Value)
					visit = func(v *Value) {
						if seen[v] || len(v.Parents) == 0 {
							return
						}
						seen[v] = true

						for _, p := range v.Parents {
							visit(p)
						}
						list = append(list, v)
					}
					visit(root)
					return list
				}
			}),
		},
		{
			Name: "no root", Factor: "L", Slip: "the root itself is not appended",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					var list []*Value
					seen := map[*Value]bool{}
					var visit func(v *Value)
					visit = func(v *Value) {
						if seen[v] {
							return
						}
						seen[v] = true

						for _, p := range v.Parents {
							visit(p)
						}
						list = append(list, v)
					}
					visit(root)
					return list[:len(list)-1]
				}
			}),
		},
		{
			Name: "the operands of the root", Factor: "a", Slip: "the operands of the root alone",
			Answer: answer(func(f *functions) {
				f.Order = func(root *Value) []*Value {
					return append(slices.Clone(root.Parents), root)
				}
			}),
		},
	}
}

func childrenFirst(root *Value) []*Value {
	var list []*Value
	for _, p := range root.Parents {
		list = append(list, p)
		list = append(list, childrenFirst(p)...)
	}
	return list
}
