package course

import (
	"strings"
	"testing"
)

// Advice is given on the first message for which there is any, and "FAIL" is no message to a learner.
func TestOfCompiler(t *testing.T) {
	for _, tt := range []struct{ output, want string }{
		{"# course/answer\nanswer/answer.go:6:24: syntax error: unexpected name h at end of statement\n", "not 2h"},
		{"answer/answer.go:16:14: invalid operation: cannot call a (variable of type float64)\n", "a * (1 - a)"},
		{"answer/answer.go:6:2: undefined: Return\nanswer/answer.go:7:1: missing return\n", "with :="},
		{"answer/answer.go:9:2: undefined: dW2\nanswer/answer.go:9:9: declared and not used: a\n", "with :="},
		{"answer.go:1:1: expected 'package', found 'EOF'\nFAIL\tcourse [setup failed]\nFAIL\n", "learn reset"},
	} {
		got := ofCompiler(tt.output)
		if !strings.HasPrefix(got, "  answer.go:") || !strings.Contains(got, tt.want) ||
			strings.Contains(got, "FAIL") {
			t.Errorf("of %q: got\n%s\nwant the message and %q", tt.output, got, tt.want)
		}
	}
	if got := ofCompiler("answer/answer.go:1:2: something else\n"); got != "  answer.go:1:2: something else" {
		t.Errorf("without advice: got %q", got)
	}
}
