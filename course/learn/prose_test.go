package learn

import "testing"

// On a terminal, what is emphasised is bold. In a block, as one of code, a * is a sign.
func TestProse(t *testing.T) {
	const text = "*one* and `two`\n\n    2 * h * x\n\n\n    y * z * x\n\n*three*"
	const want = "\x1b[1mone\x1b[0m and \x1b[1mtwo\x1b[0m\n\n    2 * h * x\n\n\n    y * z * x\n\n" +
		"\x1b[1mthree\x1b[0m\n"
	if got := (Lesson{Terminal: true}).prose(text); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
