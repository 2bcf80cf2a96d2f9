package browser_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/gradus-go/gradus/internal/browser"
	"github.com/gradus-go/gradus/play"
)

// playground compiles the page once for all tests.
var playground = sync.OnceValues(func() ([]byte, error) { return play.Page(context.Background(), "../..") })

// A playTab shows the playground.
type playTab struct {
	*browser.Tab
	t    *testing.T
	file string
}

// newPlay opens the playground at a part of its address from "#" on.
func newPlay(t *testing.T, hash string) playTab {
	t.Helper()
	page, err := playground()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "play.html")
	if err := os.WriteFile(file, page, 0o600); err != nil {
		t.Fatal(err)
	}
	p := playTab{browser.New(t), t, "file://" + file}
	p.Open(p.file + hash)
	return p
}

// Each view is ready when this is true.
var ready = map[string]string{
	"formula": `document.querySelector("#formula-stepper svg")`,
	"check":   `document.querySelector("#view-check li[data-state]")`,
	"network": `document.querySelector("[data-net=progress]").textContent`,
	"gpt":     `document.querySelector("#view-gpt [data-part=reading]").textContent.includes("Its loss")`,
}

// until waits until an expression is true.
func (p playTab) until(expression string) {
	p.t.Helper()
	if !p.Until(expression) {
		p.t.Fatalf("it does not come to this: %s\nthe page says %q", expression, p.says())
	}
}

// at goes to an address from "#" on, in the page that is open.
func (p playTab) at(hash string) {
	p.t.Helper()
	p.Run(fmt.Sprintf(`if (location.hash === %[1]q) return;
		const changed = new Promise(done => addEventListener("hashchange", done, {once: true}));
		location.hash = %[1]q; await changed`, hash))
}

// view goes to a view and waits until it is ready.
func (p playTab) view(name string) {
	p.t.Helper()
	p.at("#" + name)
	p.until(ready[name])
}

// text returns what an element shows, or what is written in it.
func (p playTab) text(css string) string {
	p.t.Helper()
	return browser.Eval[string](p.Tab, fmt.Sprintf(
		`const e = document.querySelector(%q); return e.value ?? e.textContent`, css))
}

// says returns the sentence in the status line.
func (p playTab) says() string { return p.text("#status") }

// write puts a text into a field, as one who pastes it in place of what is there.
func (p playTab) write(css, text string) {
	p.t.Helper()
	if there, _ := p.paste(css, text); !there {
		p.t.Fatalf("there is no %s", css)
	}
}

// paste is write for a field that the view may have replaced by another: it reports whether it is there, and
// what the page says if it refuses the text.
func (p playTab) paste(css, text string) (there bool, refusal string) {
	p.t.Helper()
	quoted, err := json.Marshal(text)
	if err != nil {
		p.t.Fatal(err)
	}
	got := browser.Eval[struct {
		There   bool
		Refusal string
	}](p.Tab, fmt.Sprintf(`const e = document.querySelector(%q), There = Boolean(e);
		if (!e) return {There};
		e.focus();
		e.select();
		const data = %s, clipboardData = new DataTransfer();
		clipboardData.setData("text", data);
		const pasted = {bubbles: true, cancelable: true};
		if (!e.dispatchEvent(new ClipboardEvent("paste", {...pasted, clipboardData}))) {
			return {There, Refusal: document.querySelector("#status").textContent};
		}
		if (data.length > 1_000_000) return {There}; // the page has not refused it; to set it takes minutes
		document.execCommand("insertText", false, data);
		e.dispatchEvent(new Event("change", {bubbles: true}));
		return {There}`, css, quoted))
	return got.There, got.Refusal
}

// has returns whether there is an element.
func (p playTab) has(css string) bool {
	p.t.Helper()
	return browser.Eval[bool](p.Tab, fmt.Sprintf(`return Boolean(document.querySelector(%q))`, css))
}
