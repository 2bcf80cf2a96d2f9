package course

import "strings"

// compilerAdvice says in words of the course what messages of the Go compiler mean, those that the
// usual slips of somebody new to Go bring forth.
var compilerAdvice = []struct{ message, advice string }{
	{"invalid character U+", "Go's signs are those of the keyboard: + - * / ( )"},
	{"unexpected name ", "a product needs a *: 2 * h, and not 2h"},
	{"cannot call ", "a product needs a *, before a bracket, too: a * (1 - a)"},
	{"unexpected : ", "divided by is /"},
	{"expected type", "all brackets in a formula are round"},
	{"operator ^ not defined", "there is no ^ for powers: x² is x * x"},
	{"is not used", "the result is given back by a line that begins with return"},
	{"undefined: ", "there is no such name yet: a new one is made with :=, small and capital letters differ, " +
		"and what a package has stands behind its name, as in nn.Tanh"},
	{"on left side of :=", "a name has letters and numbers only: dW2, and not dL/dW2"},
	{"no new variables on left side", "a name that is there already gets another number by = without the colon"},
	{"declared and not used", "each new name must be used below, or its line left out"},
	{"as *Value value in return", "a pointer to a new Value begins with &: &Value{…}"},
	{"expected 'package'", "its first line must be \"package\" and a name; " +
		"\"gradus learn reset\" begins again with the file as it was, and keeps yours"},
}

// ofCompiler returns the lines of the compiler about the learner's file, and advice on the first of them for
// which there is any.
func ofCompiler(output string) string {
	var lines []string
	advice := ""
	for line := range strings.Lines(output) {
		line = strings.TrimPrefix(strings.TrimSpace(line), "answer/")
		if line == "" || line[0] == '#' || strings.HasPrefix(line, "FAIL") {
			continue
		}
		lines = append(lines, "  "+line)
		for _, a := range compilerAdvice {
			if advice == "" && strings.Contains(line, a.message) {
				advice = a.advice
			}
		}
	}
	if advice != "" {
		lines = append(lines, "  "+advice)
	}
	return strings.Join(lines, "\n")
}
