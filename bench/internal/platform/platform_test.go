package platform

import "testing"

// Lines of a paragraph in Markdown end with two spaces, the last one with none.
func TestHeading(t *testing.T) {
	const command = "    go run ./bench/table -rows product\n\n"
	for python, want := range map[string]string{
		"":              command + describe() + "\n",
		"Python 3.11.2": command + describe() + "  \nPython 3.11.2\n",
	} {
		if got := Heading("table", []string{"-rows", "product"}, python); got != want {
			t.Errorf("%q: got %q, want %q", python, got, want)
		}
	}
}
