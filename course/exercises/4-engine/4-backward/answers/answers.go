package answers

import (
	"slices"

	backward "github.com/gradus-go/gradus/course/exercises/4-engine/4-backward"
	"github.com/gradus-go/gradus/course/exercises/4-engine/4-backward/check"
	"github.com/gradus-go/gradus/course/exercises/4-engine/engine"
	"github.com/gradus-go/gradus/course/internal/checking"
)

// Answers returns the answers with which the exercise is tested.
func Answers() checking.Answers {
	return checking.Answers{
		Shipped: check.Answer(engine.Of(engine.Functions[*backward.Value]{
			New:      backward.New,
			Data:     func(v *backward.Value) float64 { return v.Data },
			Parents:  func(v *backward.Value) []*backward.Value { return v.Parents },
			Add:      (*backward.Value).Add,
			Mul:      (*backward.Value).Mul,
			Local:    func(v *backward.Value) []float64 { return v.Local },
			Sub:      (*backward.Value).Sub,
			Order:    backward.Order,
			Grad:     func(v *backward.Value) float64 { return v.Grad },
			Backward: backward.Backward,
		})),
		Solution: answer(func(*functions) {}),
		Right:    right(), Wrong: wrong(),
	}
}

type functions = engine.Functions[*Value]

// answer returns the solution with some functions exchanged.
func answer(exchange func(f *functions)) any {
	f := functions{
		New:      New,
		Data:     func(v *Value) float64 { return v.Data },
		Parents:  func(v *Value) []*Value { return v.Parents },
		Add:      (*Value).Add,
		Mul:      (*Value).Mul,
		Local:    func(v *Value) []float64 { return v.Local },
		Sub:      (*Value).Sub,
		Order:    Order,
		Grad:     func(v *Value) float64 { return v.Grad },
		Backward: Backward,
	}
	exchange(&f)
	return check.Answer(engine.Of(f))
}

func right() []checking.Sample {
	return []checking.Sample{
		{
			Name: "the last value of the list",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					slices.Reverse(list)
					for _, v := range list {
						if v.Parents != nil {
							v.Grad = 0
						}
					}
					list[0].Grad = 1
					for _, v := range list {
						for i := range v.Parents {
							p := v.Parents[i]
							p.Grad += v.Local[i] * v.Grad
						}
					}
				}
			}),
		},
		{
			Name: "in a map",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					grad := map[*Value]float64{root: 1}
					for _, v := range slices.Backward(Order(root)) {
						for i, p := range v.Parents {
							grad[p] += grad[v] * v.Local[i]
						}
						if len(v.Parents) > 0 {
							v.Grad = grad[v]
						} else {
							v.Grad += grad[v]
						}
					}
				}
			}),
		},
		{
			Name: "path by path",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					for _, v := range Order(root) {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					var hand func(v *Value, grad float64)
					hand = func(v *Value, grad float64) {
						v.Grad += grad
						for i, p := range v.Parents {
							hand(p, grad*v.Local[i])
						}
					}
					hand(root, 1)
				}
			}),
		},
	}
}

func wrong() []checking.Sample {
	return []checking.Sample{
		{
			Name: "= in place of +=", Factor: "∂L/∂a", Slip: "= stands where += belongs",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad = v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "the root has 0", Factor: "∂L/∂L", Slip: "is not 1 when the walk begins",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}

					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "the root has its Data", Factor: "∂L/∂L", Slip: "begins with the Data of the root",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = root.Data
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "a recursion", Factor: "∂L/∂b", Slip: "each path hands on, once more, all that has arrived",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					root.Grad = 1
					var hand func(v *Value)
					hand = func(v *Value) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
							hand(p)
						}
					}
					hand(root)
				}
			}),
		},
		{
			Name: "a recursion that visits once", Factor: "∂L/∂b", Slip: "before all its paths have brought theirs",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					seen := map[*Value]bool{}
					root.Grad = 1
					var hand func(v *Value)
					hand = func(v *Value) {
						if seen[v] {
							return
						}
						seen[v] = true
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
							hand(p)
						}
					}
					hand(root)
				}
			}),
		},
		{
			Name: "Backward calls itself", Factor: "∂L/∂b", Slip: "sets the Grad of each value to 1",
			Answer: answer(func(f *functions) {
				f.Backward = restart
			}),
		},
		{
			Name: "the Grad of the parent", Factor: "∂L/∂b", Slip: "which is 0 still",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += p.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "an index too far", Factor: "Backward", Slip: "has the number n − 1",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					root.Grad = 1
					for k := len(list); k >= 0; k-- {
						for i, p := range list[k].Parents {
							p.Grad += list[k].Grad * list[k].Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "reset behind the root", Factor: "∂L/∂L", Slip: "is not 1 when the walk begins",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					root.Grad = 1
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "reset in the walk", Factor: "∂L/∂L", Slip: "when it has handed on",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
				}
			}),
		},
		{
			Name: "reset too late", Factor: "∂L/∂e", Slip: "before it hands on",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						if len(v.Parents) > 0 && v != root {
							v.Grad = 0
						}
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "the Data of the parent", Factor: "∂L/∂b", Slip: "the Data of the parent is multiplied",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					root.Grad = 1
					for _, v := range slices.Backward(Order(root)) {
						for _, p := range v.Parents {
							p.Grad += v.Grad * p.Data
						}
					}
				}
			}),
		},
		{
			Name: "subtracted", Factor: "∂L/∂b", Slip: "wrong sign",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					root.Grad = 1
					for _, v := range slices.Backward(Order(root)) {
						for i, p := range v.Parents {
							p.Grad -= v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "the root alone", Factor: "∂L/∂d", Slip: "only the root hands on",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					root.Grad = 1
					for i, p := range root.Parents {
						p.Grad += root.Grad * root.Local[i]
					}
				}
			}),
		},
		{
			Name: "not reset", Factor: "∂L/∂e", Slip: "is handed on again",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "leaves reset", Factor: "∂L/∂b", Slip: "a leaf's Grad is set to 0, too",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						v.Grad = 0
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "from the beginning", Factor: "∂L/∂d", Slip: "from its beginning",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range list {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "the chain is broken", Factor: "∂L/∂d", Slip: "the chain is broken",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "no local derivative", Factor: "∂L/∂b", Slip: "the local derivative is missing",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for _, p := range v.Parents {
							p.Grad += v.Grad
						}
					}
				}
			}),
		},
		{
			Name: "added", Factor: "∂L/∂b", Slip: "and should multiply",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad + v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "the wrong operand", Factor: "∂L/∂b", Slip: "of the wrong operand",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[len(v.Local)-1-i]
						}
					}
				}
			}),
		},
		{
			Name: "only the first parent", Factor: "∂L/∂b", Slip: "only the first parent",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for _, p := range v.Parents {
							p.Grad += v.Grad * v.Local[0]
							break
						}
					}
				}
			}),
		},
		{
			Name: "a set", Factor: "∂L/∂a", Slip: "gets its part once",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							if i == 0 || p != v.Parents[0] {
								p.Grad += v.Grad * v.Local[i]
							}
						}
					}
				}
			}),
		},
		{
			Name: "Data handed on", Factor: "∂L/∂b", Slip: "the Data of a value is handed on",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list) {
						for i, p := range v.Parents {
							p.Grad += v.Data * v.Local[i]
						}
					}
				}
			}),
		},
		{
			Name: "from the last but one", Factor: "∂L/∂b", Slip: "the root itself hands nothing on",
			Answer: answer(func(f *functions) {
				f.Backward = func(root *Value) {
					list := Order(root)
					for _, v := range list {
						if len(v.Parents) > 0 {
							v.Grad = 0
						}
					}
					root.Grad = 1
					for _, v := range slices.Backward(list[:len(list)-1]) {
						for i, p := range v.Parents {
							p.Grad += v.Grad * v.Local[i]
						}
					}
				}
			}),
		},
	}
}

func restart(root *Value) {
	root.Grad = 1
	for i, p := range root.Parents {
		p.Grad += root.Grad * root.Local[i]
		restart(p)
	}
}
