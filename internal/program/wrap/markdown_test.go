package wrap_test

import (
	"testing"

	"github.com/gradus-go/gradus/internal/program/wrap"
)

func TestMarkdown(t *testing.T) {
	const long = "A paragraph of many words, which stand on two lines, and the first is much too long for a\n" +
		"terminal.\n"
	const want = "A paragraph of many words, which stand on two lines, and the first is much too\n" +
		"long for a terminal.\n"
	for _, tt := range []struct{ name, text, want string }{
		{"a paragraph", "two\nlines\n", "two lines\n"},
		{"a long one", "# T\n" + long, "# T\n" + want},
		{"a block", "two\nlines\n\n    y  =  2x\n    z\n\nend", "two lines\n\n    y  =  2x\n    z\n\nend\n"},
		{"a list", "- one\n  goes on\n- two\n", "- one\n  goes on\n- two\n"},
	} {
		if got := wrap.Markdown(tt.text); got != tt.want {
			t.Errorf("%s: got\n%s\nwant\n%s", tt.name, got, tt.want)
		}
	}
}
