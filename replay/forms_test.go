package replay_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/replay/internal/compile"
	"github.com/gradus-go/gradus/replay/internal/machine"
)

// A form is an opcode, and something that decides how an instruction with it is run: where an
// operand lies, its step from one element to the next, a flag.
type form struct{ code, what string }

// The opcodes of instructions that are computed element by element, by the number of operands.
var (
	unaryCodes = []machine.Opcode{
		machine.Unary, machine.Neg, machine.Square, machine.Sqrt, machine.Exp, machine.Log, machine.Log1p,
		machine.Tanh, machine.Sigmoid, machine.Softplus, machine.SiLU, machine.Expm1, machine.ELU, machine.GELU,
		machine.ReLU, machine.LeakyReLU, machine.Abs, machine.Step, machine.Sign,
	}
	binaryCodes = []machine.Opcode{
		machine.Binary, machine.Add, machine.Sub, machine.Mul, machine.Div, machine.Max, machine.Min,
		machine.SigmoidCrossEntropy,
	}
)

// vectorCodes are the opcodes of functions that a kernel computes if they have many elements.
var vectorCodes = []machine.Opcode{
	machine.Add, machine.Sub, machine.Mul, machine.Div, machine.Neg, machine.Square, machine.ReLU, machine.Max,
	machine.Min, machine.Where,
}

// codeNames are the names of opcodes that have no op of their own.
var codeNames = map[machine.Opcode]string{
	machine.Pack: "pack", machine.Dense: "dense", machine.Transposed: "dense",
	machine.MulAdd: "muladd", machine.Total: "total",
	machine.Unary: "unary", machine.Binary: "binary", machine.Nary: "nary",
	machine.Softmax: "softmax", machine.LogSumExp: "rows of logsumexp", machine.Pick: "table",
	machine.Norm: "norm", machine.CrossEntropy: "rows of softmaxcrossentropy",
}

func codeName(code machine.Opcode) string {
	if name, ok := codeNames[code]; ok {
		return name
	}
	if op := opOf(code); op != nil {
		return op.Name()
	}
	return fmt.Sprintf("opcode %d", code)
}

// opOf returns the op that has an opcode of its own, or nil if there is none.
func opOf(code machine.Opcode) *gradus.Op { return opsByCode()[code] }

// opsByCode returns the ops by their opcodes, of those that share one any.
var opsByCode = sync.OnceValue(func() map[machine.Opcode]*gradus.Op {
	ops := map[machine.Opcode]*gradus.Op{}
	for _, op := range gradus.Ops() {
		ops[machine.CodeOf(op)] = op
	}
	return ops
})

// longRun is how many places a Pack copies at a time, on average, if it copies places side by side.
const longRun = 24

// lengths says whether a Pack copies long runs of places side by side, or others.
func lengths(index []int32) string {
	runs, inMat := 0, ""
	for i, at := range index {
		step := int32(1)
		if at < 0 {
			inMat, step = ", in Mat", -1
		}
		if i == 0 || at-index[i-1] != step {
			runs++
		}
	}
	if longRun*runs <= len(index) {
		return "long"
	}
	return "short" + inMat
}

// formCounts counts in how many instructions a form occurs.
type formCounts map[form]int

// add counts the forms of the instructions of a program.
func (f formCounts) add(p *compile.Program) {
	var together []bool
	for _, part := range p.Parts {
		for range part.End - part.Start {
			together = append(together, part.Together)
		}
	}
	for i := range p.Code {
		in := &p.Code[i]
		for _, what := range formsOf(in, &p.Layout, together[i]) {
			code := codeName(in.Code)
			if in.Code > machine.Transposed && in.Code != machine.Pick && strings.HasSuffix(what, severalKinds) {
				code = "any but dense"
			}
			f[form{code, what}]++
		}
		if in.Op != nil && in.Code != machine.LogSumExp && in.Code != machine.CrossEntropy {
			f[form{"op " + in.Op.Name(), size("elements", in.N)}]++
		}
	}
}

// activities are which gradients Backward computes of a result.
var activities = []string{"no gradient", "a gradient, not of the first output", "a gradient"}

// kinds are what an operand is. An operand of several elements may be of several kinds.
var kinds = []string{"c", "w", "x", "t"}

// severalKinds is counted apart: how instructions grow over the border of two kinds does not depend on
// the opcode.
const severalKinds = "several kinds"

// formsOf returns the forms of an instruction.
func formsOf(in *machine.Inst, l *machine.Layout, together bool) (all []string) {
	activity := activities[0]
	if in.Active {
		activity = activities[1+btoi(in.Main)]
	}
	all = []string{activity}
	add := func(what string) { all = append(all, what) }
	operand := func(name string, inMat bool, at int32, step int8, n int32) {
		if at != machine.None {
			if step == 0 {
				n = min(n, 1)
			}
			what := name + ": " + kind(l, inMat, at, n)
			if inMat {
				what += " in Mat"
			}
			add(what)
		}
	}
	switch in.Code {
	case machine.Pack, machine.Nary:
		if in.Code == machine.Pack {
			add("runs: " + lengths(in.Index))
		}
		for _, at := range in.Index {
			operand("of", at < 0, max(at, machine.InMat(at)), 1, 1)
		}
		if in.Code == machine.Nary {
			add(size("operands", int32(len(in.Index))))
		}
	case machine.Softmax, machine.LogSumExp, machine.Norm:
		add(size("rows", in.M))
		add(size("columns", in.N))
		add(fmt.Sprintf("gap between the rows: %t", in.M > 1 && in.LDA > in.N))
		operand("x", false, in.X, 1, in.LDA*(in.M-1)+in.N)
		if in.Code == machine.Softmax {
			add(fmt.Sprintf("shifted: %t", in.Shift))
		}
		if in.Code == machine.Norm {
			add(fmt.Sprintf("centered %t, gain %t, bias %t",
				in.Norm.Centered, in.Y != machine.None, in.C != machine.None))
			operand("y", false, in.Y, 1, in.N)
			operand("c", false, in.C, 1, in.N)
		}
	case machine.Pick:
		add(size("rows", in.M))
		add(size("columns", in.N))
		operand("index", false, in.X, 0, 1)
		operand("table", in.MatY, in.Y, 1, in.LDA*(in.M-1)+in.N)
		if in.M > 1 && in.LDA == 0 {
			add("one row for all")
		} else if in.M > 1 {
			add(fmt.Sprintf("rows that lie %s", layouts[1+cmp.Compare(in.LDA, in.N)]))
		}
		if in.Vectors() > 1 {
			add(fmt.Sprintf("several indexes: %t, tables: %t", in.XK > 0, in.YK > 0))
		}
	case machine.CrossEntropy:
		add(size("columns", in.N))
		operand("x", false, in.X, 1, in.N)
		operand("y", false, in.Y, 1, in.N)
		add(rowsLie("x", in.XK, in.N))
		add(rowsLie("y", in.YK, in.N))
	case machine.Total:
		add(size("terms", in.N))
		operand("x", false, in.X, 1, in.N)
		addend(add, in)
		operand("c", false, in.C, 0, 1)
	case machine.Dense, machine.Transposed:
		height, width := in.Matrix()
		add(size("rows", in.M))
		add(size("columns", in.N))
		operand("x", in.MatX, in.X, 1, in.N)
		operand("matrix", in.MatY, in.Y, 1, in.LDA*(height-1)+width)
		addend(add, in)
		operand("c", false, in.C, in.CStep, in.M)
		add(fmt.Sprintf("gap between the rows: %t", height > 1 && in.LDA > width))
		add(fmt.Sprintf("few elements: %t", in.M*in.N <= 32))
		add(fmt.Sprintf("all samples together: %t", together))
		if in.Code == machine.Transposed {
			add(fmt.Sprintf("transposed, gap between the rows: %t", height > 1 && in.LDA > width))
			add(fmt.Sprintf("transposed, together %t, sets the gradient: %t", together, in.Set))
			add(fmt.Sprintf("transposed, gradients of matrix %t, x %t", in.GradY, in.GradX))
		}
		vectors(add, in, together)
		if in.Active {
			add(fmt.Sprintf("gradients of matrix %t, x %t", in.GradY, in.GradX))
			add(fmt.Sprintf("gradient of c: %t", in.GradC))
			add(fmt.Sprintf("together %t, sets the gradient: %t, alone: %t, %s", together, in.Set, in.Alone, activity))
		}
	default:
		elementwise(add, in)
		operand("x", false, in.X, in.XStep, in.N)
		operand("y", false, in.Y, in.YStep, in.N)
		operand("c", false, in.C, in.CStep, in.N)
	}
	return all
}

// rowsLie says how rows of n numbers lie.
func rowsLie(what string, distance, n int32) string {
	if distance == 0 {
		return what + ": one row"
	}
	return what + ": rows that lie " + layouts[1+cmp.Compare(distance, n)]
}

// layouts are how lists lie that begin less than their length from each other, as much, or more.
var layouts = []string{"over each other", "side by side", "apart"}

// vectors adds the forms of a product of a matrix and several vectors.
func vectors(add func(string), in *machine.Inst, together bool) {
	if in.Steps > 0 {
		add(fmt.Sprintf("of several steps, transposed: %t", in.Code == machine.Transposed))
		add(fmt.Sprintf("of several steps, sets the gradient: %t", in.Set))
	}
	switch {
	case in.Vectors() == 1:
		return
	case in.YK != 0:
		ownMatrices(add, in)
		return
	}
	add(fmt.Sprintf("several x, transposed: %t", in.Code == machine.Transposed))
	add(fmt.Sprintf("several x, together %t, sets the gradient: %t", together, in.Set))
	add(fmt.Sprintf("several x, alone: %t", in.Alone))
	add(fmt.Sprintf("several x that lie %s, gradient of x: %t",
		layouts[1+cmp.Compare(in.XK, in.N)], in.GradX))
	if in.C != machine.None {
		add(fmt.Sprintf("several x, addends of step %d, the same for each x: %t", in.CStep, in.CK == 0))
	}
	add("several x, " + size("rows", in.M))
}

// ownMatrices adds the forms of products of several vectors that have matrices of their own.
func ownMatrices(add func(string), in *machine.Inst) {
	const own = "own matrices, "
	height, width := in.Matrix()
	add(own + size("rows", height))
	add(fmt.Sprintf(own+"transposed: %t", in.Code == machine.Transposed))
	add(own + "which lie " + layouts[1+cmp.Compare(in.YK, in.LDA*(height-1)+width)])
	if in.XK == 0 {
		add(own + "one x")
	} else {
		add(own + "x that lie " + layouts[1+cmp.Compare(in.XK, in.N)])
	}
	if in.GradX || in.GradY {
		add(fmt.Sprintf(own+"gradients of matrix %t, x %t", in.GradY, in.GradX))
	}
	if in.C != machine.None {
		add(fmt.Sprintf(own+"addends of step %d, the same for each: %t", in.CStep, in.CK == 0))
	}
}

// elementwise adds the forms of an instruction that is computed element by element.
func elementwise(add func(string), in *machine.Inst) {
	if in.Op != nil && in.Op.Arity() == 2 && in.Active {
		add(fmt.Sprintf("gradients of x %t, y %t", in.GradX, in.GradY))
	}
	if in.Code == machine.Where && in.Active {
		add(fmt.Sprintf("gradients of y %t, c %t", in.GradY, in.GradC))
	}
	if in.Y != machine.None && in.X == in.Y && in.XStep == in.YStep {
		add("x is y")
	}
	if in.N == 1 {
		add("elements: one")
		return
	}
	steps := fmt.Sprintf("steps %d", in.XStep)
	if in.Y != machine.None {
		steps += fmt.Sprintf(" %d", in.YStep)
	}
	if in.C != machine.None {
		steps += fmt.Sprintf(" %d", in.CStep)
	}
	add(steps)
	own := func(at int32, step int8) bool { return step == 1 && at < in.Z && in.Z < at+in.N }
	for name, is := range map[string]bool{
		"x": own(in.X, in.XStep), "y": own(in.Y, in.YStep), "c": own(in.C, in.CStep),
	} {
		if is {
			add(fmt.Sprintf("%s has results of its own", name))
		}
	}
	end := max(in.X+in.N*int32(in.XStep), in.Y+in.N*int32(in.YStep), in.C+in.N*int32(in.CStep))
	many := slices.Contains(vectorCodes, in.Code) || in.Code == machine.MulAdd
	if many && in.N >= 12 && end <= in.Z && in.XStep+in.YStep > 0 {
		add("many, " + steps)
	}
	if in.Code == machine.Mul && in.Once && in.X == in.Z-1 && in.XStep == 1 && in.YStep == 1 {
		add(fmt.Sprintf("a scan, long: %t", in.N >= 64))
	}
	if in.Code == machine.Mul && steps == "steps 0 1" && in.N >= 16 && in.Active {
		if own(in.Y, in.YStep) {
			add("many, each the factor of the next")
		} else {
			add(fmt.Sprintf("many, gradients of x %t, y %t", in.GradX, in.GradY))
		}
	}
}

// addend adds the form of the addend.
func addend(add func(string), in *machine.Inst) {
	switch {
	case in.C == machine.None:
		add("no addend")
	case in.HasMatrix():
		add(fmt.Sprintf("addend of step %d, %s", in.CStep, size("rows", in.M)))
	default:
		add("an addend")
	}
}

// size says how many things there are: none, one or several.
func size(of string, n int32) string {
	return of + ": " + []string{"none", "one", "several"}[min(n, 2)]
}

// kind returns what lies at a place: the c, w, x or t of a listing.
func kind(l *machine.Layout, inMat bool, at, n int32) string {
	name := l.Name(inMat, at, n)
	if strings.HasPrefix(name, "(") {
		return severalKinds
	}
	return name[:1]
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// allOf returns every word of the first list, followed by every one of the second, and so on.
func allOf(lists ...[]string) []string {
	all := []string{""}
	for _, list := range lists {
		var longer []string
		for _, a := range all {
			for _, b := range list {
				longer = append(longer, a+b)
			}
		}
		all = longer
	}
	return all
}

// allForms returns every form that there is, whether the compiler emits it or not.
func allForms() (all []form) {
	add := func(code string, lists ...string) {
		for _, what := range lists {
			all = append(all, form{code, what})
		}
	}
	bools := []string{"false", "true"}
	steps := []string{" 0", " 1"}
	for _, code := range unaryCodes {
		add(codeName(code), activities...)
		add(codeName(code), "elements: one")
		add(codeName(code), allOf([]string{"steps"}, steps)...)
		add(codeName(code), allOf([]string{"x: "}, kinds)...)
		add(codeName(code), "x has results of its own")
	}
	for _, code := range binaryCodes {
		add(codeName(code), activities...)
		add(codeName(code), "elements: one", "x is y")
		add(codeName(code), allOf([]string{"steps"}, steps, steps)...)
		add(codeName(code), allOf([]string{"x: ", "y: "}, kinds)...)
		add(codeName(code), allOf([]string{"x", "y"}, []string{" has results of its own"})...)
		add(codeName(code), allOf([]string{"gradients of x "}, bools, []string{", y "}, bools)...)
	}
	add(codeName(machine.Mul), allOf([]string{"a scan, long: "}, bools)...)
	add(codeName(machine.Mul), allOf([]string{"many, gradients of x "}, bools, []string{", y "}, bools)...)
	add(codeName(machine.Mul), "many, each the factor of the next")
	add("muladd", activities...)
	add("muladd", "elements: one", "x is y")
	add("muladd", allOf([]string{"steps"}, steps, steps, steps)...)
	add("muladd", allOf([]string{"x: ", "y: ", "c: "}, kinds)...)
	add("muladd", allOf([]string{"x", "y", "c"}, []string{" has results of its own"})...)
	add("where", activities...)
	add("where", "elements: one", "x is y")
	add("where", allOf([]string{"steps"}, steps, steps, steps)...)
	add("where", allOf([]string{"x: ", "y: ", "c: "}, kinds)...)
	add("where", allOf([]string{"x", "y", "c"}, []string{" has results of its own"})...)
	add("where", allOf([]string{"gradients of y "}, bools, []string{", c "}, bools)...)
	two := []string{"many, steps 0 1", "many, steps 1 0", "many, steps 1 1"}
	for _, code := range vectorCodes {
		switch {
		case slices.Contains(unaryCodes, code):
			add(codeName(code), "many, steps 1")
		case slices.Contains(binaryCodes, code):
			add(codeName(code), two...)
		default:
			add(codeName(code), allOf(two, steps)...)
		}
	}
	add("muladd", allOf(two, steps)...)
	add("total", activities...)
	add("total", "terms: none", "terms: one", "terms: several", "no addend", "an addend")
	add("total", allOf([]string{"x: ", "c: "}, kinds)...)
	inMat := []string{"", " in Mat"}
	for _, code := range []string{"softmax", "rows of logsumexp", "norm"} {
		add(code, activities...)
		add(code, allOf([]string{"rows: ", "columns: "}, []string{"one", "several"})...)
		add(code, allOf([]string{"gap between the rows: "}, bools)...)
		add(code, allOf([]string{"x: "}, kinds)...)
	}
	add("softmax", allOf([]string{"shifted: "}, bools)...)
	add("norm", allOf([]string{"centered "}, bools, []string{", gain true, bias "}, bools)...)
	add("norm", allOf([]string{"centered "}, bools, []string{", gain false, bias false"})...)
	add("norm", allOf([]string{"y: ", "c: "}, kinds)...)
	add("table", activities...)
	add("table", allOf([]string{"rows: ", "columns: "}, []string{"one", "several"})...)
	add("table", allOf([]string{"index: "}, kinds)...)
	add("table", allOf([]string{"table: "}, append(kinds, severalKinds), inMat)...)
	add("table", allOf([]string{"rows that lie "}, layouts)...)
	add("table", "one row for all")
	add("table", allOf([]string{"several indexes: "}, bools, []string{", tables: "}, bools)...)
	const entropies = "rows of softmaxcrossentropy"
	add(entropies, activities...)
	add(entropies, allOf([]string{"columns: "}, []string{"one", "several"})...)
	add(entropies, allOf([]string{"x: ", "y: "}, kinds)...)
	add(entropies, "x: one row", "y: one row")
	add(entropies, allOf([]string{"x: ", "y: "}, []string{"rows that lie "}, layouts)...)
	add("pack", activities...)
	add("pack", allOf([]string{"of: "}, kinds, inMat)...)
	add("pack", allOf([]string{"runs: "}, []string{"long", "short", "short, in Mat"})...)
	add("nary", activities...)
	add("nary", allOf([]string{"of: "}, kinds)...)
	add("nary", "operands: none", "operands: one", "operands: several")
	add("dense", activities...)
	add("dense", allOf([]string{"rows: ", "columns: "}, []string{"one", "several"})...)
	add("dense", allOf([]string{"x: ", "matrix: "}, append(kinds, severalKinds), inMat)...)
	add("dense", allOf([]string{"c: "}, append(kinds, severalKinds))...)
	add("any but dense", allOf([]string{"x: ", "y: ", "c: "}, []string{severalKinds})...)
	add("dense", "no addend")
	add("dense", allOf([]string{"addend of step"}, steps, []string{", rows: "}, []string{"one", "several"})...)
	add("dense", allOf([]string{"gap between the rows: ", "few elements: ", "all samples together: "}, bools)...)
	add("dense", allOf([]string{"gradients of matrix "}, bools, []string{", x "}, bools)...)
	add("dense", allOf([]string{"gradient of c: "}, bools)...)
	add("dense", allOf([]string{"transposed, gap between the rows: "}, bools)...)
	add("dense", allOf([]string{"transposed, together "}, bools, []string{", sets the gradient: "}, bools)...)
	add("dense", allOf([]string{"transposed, gradients of matrix "}, bools, []string{", x "}, bools)...)
	add("dense", allOf([]string{"together "}, bools, []string{", sets the gradient: "}, bools,
		[]string{", alone: "}, bools, []string{", "}, activities[1:])...)
	add("dense", allOf([]string{"several x, transposed: ", "several x, alone: "}, bools)...)
	add("dense", allOf([]string{"several x, together "}, bools, []string{", sets the gradient: "}, bools)...)
	add("dense", allOf([]string{"several x that lie "}, layouts,
		[]string{", gradient of x: "}, bools)...)
	add("dense", allOf([]string{"several x, addends of step"}, steps,
		[]string{", the same for each x: "}, bools)...)
	add("dense", "several x, rows: one", "several x, rows: several")
	add("dense", allOf([]string{"of several steps, transposed: "}, bools)...)
	add("dense", allOf([]string{"of several steps, sets the gradient: "}, bools)...)
	add("dense", allOf([]string{"own matrices, "}, []string{
		"rows: one", "rows: several", "transposed: false", "transposed: true", "one x",
		"gradients of matrix false, x true", "gradients of matrix true, x false",
		"gradients of matrix true, x true",
	})...)
	add("dense", allOf([]string{"own matrices, which lie ", "own matrices, x that lie "}, layouts)...)
	add("dense", allOf([]string{"own matrices, addends of step"}, steps,
		[]string{", the same for each: "}, bools)...)
	for _, op := range gradus.Ops() {
		add("op "+op.Name(), "elements: one")
		if machine.CodeOf(op) != machine.Nary || op.Name() == "pick" {
			add("op "+op.Name(), "elements: several")
		}
	}
	return all
}

// cannot returns why the compiler does not emit a form, or "" if it does.
func cannot(f form) (why string) {
	has := func(part string) bool { return strings.Contains(f.what, part) }
	unary := slices.ContainsFunc(unaryCodes, func(c machine.Opcode) bool { return codeName(c) == f.code })
	switch {
	case has(": x in Mat"), has(": t in Mat"):
		return "only parameters and constants lie in Mat"
	case unary && has("results of its own"):
		return "a function of one number does not grow by its own result"
	case (f.code == "step" || f.code == "sign") && slices.Contains(activities[1:], f.what):
		return "its derivative is 0 by definition"
	case unary && has("steps 0"):
		return "a function of one number does not grow by the same operand"
	case f.code == "where" && has("results of its own"), has("y has results of its own") &&
		(f.code == "max" || f.code == "min"):
		return "it does not grow by its own result"
	case has("gradients of x false, y false") && f.code != "+":
		return "a result has a gradient because an operand has one; + may be of two of several addends"
	case f.code == "norm" && f.what == "columns: one":
		return "it has several numbers"
	case f.code == "total" && has("c: ") && f.what != "c: t":
		return "the addend of a sum is the sum so far"
	case f == form{"dense", "addend of step 0, rows: one"}:
		return "a dot product has step 1"
	case has("together false, sets the gradient: true"):
		return "only what is run for all samples together sets a gradient"
	case has("over each other") && has("gradient of x: true"):
		return "vectors whose gradients are wanted are copied if they overlap"
	case has("sets the gradient: false, alone: true"):
		return "only what sets a gradient is alone"
	}
	return ""
}

// missing returns the forms that the compiler emits, but those that have been seen.
func (f formCounts) missing() []form {
	return slices.DeleteFunc(allForms(), func(form form) bool { return f[form] > 0 || cannot(form) != "" })
}

// check compares the forms that were seen with those that there are.
func (f formCounts) check(t *testing.T) {
	t.Helper()
	known := map[form]bool{}
	for _, form := range allForms() {
		known[form] = true
		why := cannot(form)
		t.Logf("%8d %s, %s %s", f[form], form.code, form.what, why)
		if (f[form] == 0) != (why != "") {
			t.Errorf("%s, %s: %d instructions, %q", form.code, form.what, f[form], why)
		}
	}
	for _, form := range slices.SortedFunc(maps.Keys(f), func(a, b form) int {
		return cmp.Or(cmp.Compare(a.code, b.code), cmp.Compare(a.what, b.what))
	}) {
		if !known[form] {
			t.Errorf("%s, %s: a form that allForms does not have", form.code, form.what)
		}
	}
}
