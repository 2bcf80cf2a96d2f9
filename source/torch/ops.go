package torch

import (
	_ "embed" // functions.py
	"fmt"
	"math"
	"strconv"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/builtin"
)

// unary has the expressions of functions of one number, x.
var unary = map[builtin.Kind]string{
	builtin.Neg: "-x", builtin.Square: "x.square()", builtin.Sqrt: "x.sqrt()",
	builtin.Exp: "x.exp()", builtin.Log: "x.log()", builtin.Log1p: "x.log1p()", builtin.Expm1: "x.expm1()",
	builtin.Sin: "x.sin()", builtin.Cos: "x.cos()", builtin.Tan: "x.tan()",
	builtin.Asin: "x.asin()", builtin.Acos: "x.acos()", builtin.Atan: "x.atan()",
	builtin.Sinh: "x.sinh()", builtin.Cosh: "x.cosh()", builtin.Tanh: "x.tanh()", builtin.Erf: "x.erf()",
	builtin.Sigmoid: "x.sigmoid()", builtin.Softplus: "F.softplus(x, threshold=40)", // 20 would leave out 2e-9
	builtin.ELU: "F.elu(x)", builtin.SiLU: "F.silu(x)", builtin.GELU: "F.gelu(x)",
	builtin.Abs: "x.abs()", builtin.ReLU: "x.relu()", builtin.LeakyReLU: "F.leaky_relu(x)",
	builtin.Step: "_step(x)", builtin.Sign: "x.sign()",
}

// binary has the expressions of functions of two numbers, x and y, which may be written out.
var binary = map[builtin.Kind]string{
	builtin.Add: "x + y", builtin.Sub: "x - y", builtin.Mul: "x * y", builtin.Div: "x / y",
	builtin.Pow: "x ** y",
}

// functions has those of two or three numbers, x, y and c, that must be tensors.
var functions = map[builtin.Kind]string{
	builtin.Max: "torch.maximum(x, y)", builtin.Min: "torch.minimum(x, y)",
	builtin.SigmoidCrossEntropy: "_sigmoid_cross_entropy(x, y)",
	builtin.Where:               "torch.where(x > 0, y, c)",
}

// nary has those of any number of numbers, a vector x.
var nary = map[builtin.Kind]string{
	builtin.Pick:  `torch.full_like(x[..., 0], float("nan"))`,
	builtin.Shift: "x.detach().amax(-1)",
	builtin.Sum:   "x.sum(-1)", builtin.Mean: "x.mean(-1)", builtin.Dot: "_dot(x)",
	builtin.LogSumExp: "x.logsumexp(-1)", builtin.SoftmaxCrossEntropy: "_softmax_cross_entropy(x)",
}

//go:embed functions.py
var functionsPy string

// define returns the functions of Python that a text uses, and those for whoever imports the file.
func define(text string) (used string) {
	for _, f := range strings.Split(strings.TrimSpace(functionsPy), "\n\n\n") {
		name, _, _ := strings.Cut(strings.TrimPrefix(f, "def "), "(")
		if !strings.HasPrefix(name, "_") || strings.Contains(text, name+"(") {
			used += "\n\n" + f + "\n"
		}
	}
	return used
}

// apply returns the expression of an op of one to three numbers, or of a vector of any number of
// them.
func apply(op *gradus.Op, x ...value) (string, error) {
	kind := builtin.Of(op)
	if form := binary[kind]; form != "" {
		a, b := x[0], x[1]
		if a.literal && b.literal || kind == builtin.Pow && strings.HasPrefix(a.text, "-") {
			a.text = a.tensor()
		}
		return fill(form, a.text, b.text), nil
	}
	for _, forms := range []map[builtin.Kind]string{unary, functions, nary} {
		if form := forms[kind]; form != "" {
			texts := make([]string, len(x))
			for i, v := range x {
				texts[i] = v.tensor()
			}
			return fill(form, texts...), nil
		}
	}
	if slope, ok := builtin.LeakySlope(op); ok {
		return fmt.Sprintf("F.leaky_relu(%s, %s)", x[0].tensor(), literal(slope)), nil
	}
	return "", fmt.Errorf("the function %s is not one of package gradus, so that PyTorch does not know it",
		op.Name())
}

// fill puts operands into an expression. Its x, y and c stand by themselves.
func fill(form string, operands ...string) string {
	var z strings.Builder
	for i := range len(form) {
		alone := (i == 0 || !isWord(form[i-1])) && (i+1 == len(form) || !isWord(form[i+1]))
		switch {
		case alone && form[i] == 'x':
			z.WriteString(operands[0])
		case alone && form[i] == 'y':
			z.WriteString(operands[1])
		case alone && form[i] == 'c':
			z.WriteString(operands[2])
		default:
			z.WriteByte(form[i])
		}
	}
	return z.String()
}

func isWord(b byte) bool { return b == '_' || isDigit(b) || 'a' <= b|0x20 && b|0x20 <= 'z' }

// literal returns a number as Python writes it.
func literal(x float64) string {
	switch {
	case math.IsNaN(x):
		return "float('nan')"
	case math.IsInf(x, 0):
		return fmt.Sprintf("float('%v')", x)
	}
	text := strconv.FormatFloat(x, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}
