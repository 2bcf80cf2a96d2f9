package platform

import "testing"

// Lines of a paragraph in Markdown end with two spaces, the last one with none.
func TestHeading(t *testing.T) {
	args := []string{"-rows", "product"}
	first := "    " + command(setting("-ldflags"), "table", args) + "\n\n"
	for python, want := range map[string]string{
		"":              first + describe() + "\n",
		"Python 3.11.2": first + describe() + "  \nPython 3.11.2\n",
	} {
		if got := Heading("table", args, python); got != want {
			t.Errorf("%q: got %q, want %q", python, got, want)
		}
	}
}

// The flags for the linker are part of the command, because they decide how fast the code is.
func TestCommand(t *testing.T) {
	for linker, want := range map[string]string{
		"":              "go run ./bench/table -rows product",
		"-funcalign=64": "go run -ldflags=-funcalign=64 ./bench/table -rows product",
	} {
		if got := command(linker, "table", []string{"-rows", "product"}); got != want {
			t.Errorf("%q: got %q, want %q", linker, got, want)
		}
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 0.0004567: "0.000457", 9.999: "10", 99.94: "99.9", 1934.6: "1935",
	} {
		if got := Number(x); got != want {
			t.Errorf("%v: got %s, want %s", x, got, want)
		}
	}
}
