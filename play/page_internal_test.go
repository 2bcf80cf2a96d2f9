package play

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The page has every part: the engine comes out of it as it went in, and the browser runs only the script and
// the style that the policy names.
func TestAssemble(t *testing.T) {
	wasm := []byte("\x00asm and $1 {{script}} more")
	page, err := assemble(wasm, "/* the loader */\n")
	if err != nil {
		t.Fatal(err)
	}
	text := string(page)
	if open := regexp.MustCompile(`\{\{[\w-]+\}\}`).FindString(text); open != "" {
		t.Errorf("%s is left in the page", open)
	}
	between := func(start, end string) string {
		t.Helper()
		_, rest, ok := strings.Cut(text, start)
		part, _, ended := strings.Cut(rest, end)
		if !ok || !ended {
			t.Fatalf("there is no %s … %s in the page", start, end)
		}
		return part
	}
	if engine := sparse(between(`id="engine">`, "</script>")); !bytes.Equal(engine, wasm) {
		t.Errorf("the engine in the page is %q, want %q", engine, wasm)
	}
	if got := between(`id="worker">`, "</script>"); !strings.HasPrefix(got, "/* the loader */\n\"use strict\"") {
		t.Errorf("the worker begins with %.40q, want the loader", got)
	}
	policy := between(`Content-Security-Policy" content="`, `"`)
	for _, want := range []string{
		"default-src 'none'",
		"script-src '" + hash(between("<script>", "</script>")) + "' 'wasm-unsafe-eval'",
		"style-src '" + hash(between("<style>", "</style>")) + "'",
	} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy is %s, want %s in it", policy, want)
		}
	}
	for _, view := range views {
		if between(`<section id="view-`+view+`" hidden>`, "</section>") == "\n" {
			t.Errorf("the view %s has no markup", view)
		}
	}
}

// A part that would end the script in which it stands is refused.
func TestAssembleRefuses(t *testing.T) {
	for _, loader := range []string{"</script>", "<!-- <script>"} {
		_, err := assemble(nil, loader)
		if err == nil || !strings.Contains(err.Error(), "play: the part worker of the page would end its script") {
			t.Errorf("%q: the error is %v", loader, err)
		}
	}
}

// sparse is the reverse of dense, as unpack.js has it.
func sparse(text string) (data []byte) {
	bits, n := 0, 0
	for _, c := range text {
		bits, n = bits<<7|int(c)&127, n+7
		if n >= 8 {
			n -= 8
			data = append(data, byte(bits>>n))
			bits &= 1<<n - 1
		}
	}
	return data
}

// All bytes, in any number, come out of a text as they went in; and a browser takes every character of it for
// what it is.
func TestDense(t *testing.T) {
	var data []byte
	for i := range 3000 {
		text := dense(data)
		if got := sparse(text); !bytes.Equal(got, data) {
			t.Fatalf("%d bytes come out as %d others", len(data), len(got))
		}
		if strings.ContainsAny(text, "\x00\r<{") || !utf8.ValidString(text) {
			t.Fatalf("%q has a character that a page cannot have", text)
		}
		data = append(data, byte(i*i*i>>3+i))
	}
}
