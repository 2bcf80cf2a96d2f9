package browser_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/gradus-go/gradus/internal/browser"
)

// What one writes can be undone and done again, is there after a reload and in a link, and the browser's
// buttons go from view to view.
func TestPlayState(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	t.Logf("ready %.0f ms after it was opened", browser.Eval[float64](p.Tab, `return performance.now()`))
	value := func(want string) {
		t.Helper()
		p.until(fmt.Sprintf(`document.querySelector("#formula-value").textContent === %q`, want))
	}
	value("L = 0.1937")
	p.Run(`document.querySelector("#formula-text").select()`)
	p.Press("x = 3; y = x^2")
	value("y = 9")
	p.Click("#undo")
	value("L = 0.1937")
	p.Click("#redo")
	value("y = 9")
	p.Run(`document.activeElement.blur()`)
	p.Press("z", browser.Control)
	value("L = 0.1937")
	p.Press("y", browser.Control)
	value("y = 9")
	link := browser.Eval[string](p.Tab, `return location.hash`)
	if want := "#formula?f=x+%3D+3%3B+y+%3D+x%5E2"; link != want {
		t.Errorf("the address ends with %s, want %s", link, want)
	}
	p.Click(`nav a[href="#check"]`)
	p.until(ready["check"])
	p.write("#check-f", "x = 3; y = x^2")
	p.write("#view-check li textarea", "dy/dx = 2x")
	right := `document.querySelector("#view-check li").dataset.state === "right"`
	p.until(right)
	p.Run(`history.back()`)
	p.until(`!document.querySelector("#view-formula").hidden`)
	value("y = 9")
	p.Run(`history.forward()`)
	p.until(`!document.querySelector("#view-check").hidden`)
	p.Open("about:blank") // the page is closed, and opened again
	p.Open(p.file)
	p.until(right)
	p.view("formula")
	value("y = 9")
	p.at("#formula?f=" + url.QueryEscape("a = 5; b = a + 1"))
	value("b = 6")
	p.Click("#undo") // a link does not take away what was there
	value("y = 9")
	// A link to what each view begins with shows that, and not what was there last.
	link = browser.Eval[string](p.Tab, `return current.app.link({})`)
	for view, query := range map[string]string{
		"formula": "of", "check": "task", "network": "data", "gpt": "width",
	} {
		got := browser.Eval[string](p.Tab, `return views.get("`+view+`").app.link({})`)
		if want := "#" + view + "?" + query + "="; !strings.HasSuffix(got, want) {
			t.Errorf("the link to the view %s is %s, want …%s", view, got, want)
		}
	}
	p.Open("about:blank")
	p.Open(link)
	value("L = 0.1937")
	p.Offline()
}

// A link restores a state of each view, in a browser that has none, and its address stays what it was.
func TestPlayLinks(t *testing.T) {
	p := newPlay(t, "")
	p.Run(`window.at = css => document.querySelector(css)`)
	for _, tt := range []struct{ view, query, holds string }{
		{"formula", "f=x+%3D+2%0Ay+%3D+x%5E3&at=1", `at("#formula-value").textContent === "y = 8"`},
		{"formula", "f=x+%3D+2%3B+y+%3D+x%5E3&second=x%2Cx", `at("#formula-matrix button")?.textContent === "12"`},
		{"check", "f=x+%3D+2%3B+y+%3D+x%5E3&d=dy%2Fdx+%3D+3x", `at("#view-check li").dataset.state === "wrong"`},
		{"network", "hidden=3&act=ReLU", `at("[data-net=name]").textContent.startsWith("2-3-1: ")`},
		{"gpt", "steps=500&name=ava", `at("#view-gpt [data-part=reading]").textContent.includes("ava")`},
	} {
		hash := "#" + tt.view + "?" + tt.query
		p.at(hash)
		p.until(tt.holds)
		if got := browser.Eval[string](p.Tab, `return location.hash`); got != hash {
			t.Errorf("the address is %s, want %s", got, hash)
		}
		if says := p.says(); says != "" {
			t.Errorf("%s: the page says %q", hash, says)
		}
	}
}

// A link by someone else is a state, or gets a sentence. What was there stays.
func TestPlayHostileLinks(t *testing.T) {
	p := newPlay(t, "#formula?f=x+%3D+3%3B+y+%3D+x%5E2")
	same := `document.querySelector("#formula-value").textContent === "y = 9"`
	p.until(same)
	for hash, want := range map[string]string{
		"#nonsense":                     "a view that this page does not have: nonsense.",
		"#<img src=x onerror=alert(1)>": "does not have: ",
		"#formula?g=1":                  "a part that this view does not know: g.",
		"#formula?__proto__=1":          "does not know: __proto__.",
		"#formula?constructor=1":        "does not know: constructor.",
		"#formula?<script>=1":           "does not know: <script>.",
		"#formula?f=%E0%A4%A":           "",
		"#%E0%A4%A":                     "does not have: %E0%A4%A.",
		"#formula?by=nobody":            "",
		"#formula?at=NaN&order=x":       "",
		"#formula?second=%00,%00":       "",
		"#check?d=":                     "",
		"#check?f=%00&d=dL%2Fdw%3DNaN":  "",
		"#formula?f=" + big(20_001):     "is too long: f has 20001 characters.",
		"#formula?f=" + big(19_999):     "",
		"#check?d=" + big(20_000):       "",

		"#check?d=" + strings.Repeat("%0A", 9999): "there are 10000 derivatives; want at most 100",
		"#check?task=<b>" + big(19_000):           "",
		"#gpt?" + strings.Repeat("&", 999):        "",
	} {
		p.at(hash)
		if want != "" {
			p.until(fmt.Sprintf(`document.querySelector("#status").textContent.includes(%q)`, want))
		}
		p.Run(`await new Promise(r => setTimeout(r, 100))`)
		p.at("#formula?f=x+%3D+3%3B+y+%3D+x%5E2")
		p.until(same)
	}
	p.Offline()
}

// A link whose lines end as Windows ends them has the same lines: each has its own verdict.
func TestPlayLineEnds(t *testing.T) {
	p := newPlay(t, "#check?f="+url.QueryEscape("x = 3\r\ny = x²\r\nL = 2y")+
		"&d="+url.QueryEscape("dL/dy = 2\r\ndy/dx = 2x\rdL/dx = 7"))
	p.until(`document.querySelectorAll("#view-check li[data-state=right]").length === 2`)
	got := browser.Eval[[]string](p.Tab, `return [...document.querySelectorAll("#view-check li")].map(
		li => li.dataset.state + " " + li.querySelector("textarea").value)`)
	if want := []string{"right dL/dy = 2", "right dy/dx = 2x", "wrong dL/dx = 7"}; !slices.Equal(got, want) {
		t.Errorf("the lines are %q, want %q", got, want)
	}
	p.Run(`const e = document.querySelector("#view-check li textarea"); // as a paste does it, at once
		e.value = "dL/dy = 2\n".repeat(300);
		e.dispatchEvent(new Event("input"))`)
	p.until(`document.querySelector("#status").textContent === "there are 303 derivatives; want at most 100"`)
	if n := browser.Eval[int](p.Tab, `return document.querySelectorAll("#view-check li").length`); n != 3 {
		t.Errorf("there are %d lines, want 3: what was there stays", n)
	}
}

// big is a text of n characters.
func big(n int) string { return strings.Repeat("x", n) }

// What is written or pasted into any field of any view is text.
func TestPlayHostileText(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	p.Run(`window.alarm = () => { console.error("the page runs what was written"); }`)
	for _, view := range views {
		p.view(view)
		fields := browser.Eval[[]string](p.Tab, `return [...document.querySelectorAll(
			"#view-`+view+` :is(textarea, input:not([type=range], [type=radio], [type=checkbox]))")].map((e, i) => {
			e.setAttribute("data-test", "`+view+`" + i);
			return "[data-test=`+view+`" + i + "]";
		})`)
		if len(fields) == 0 {
			t.Errorf("%s has no field", view)
		}
		for _, css := range fields {
			if !p.has(css) {
				continue // the view has made another in its place
			}
			before := p.text(css)
			for _, text := range []string{
				`<img src=x onerror=alarm()><script>alarm()</script>`, `"><svg onload=alarm()>`,
				"NaN", "-Infinity", "1e999", "\x00\u202e\ufeff", strings.Repeat("a = <b>;\n", 2_000_000/9),
			} {
				start := browser.Eval[float64](p.Tab, `return performance.now()`)
				there, refusal := p.paste(css, text)
				if !there {
					break
				}
				p.Run(`await new Promise(r => setTimeout(r, 20))`)
				if took := browser.Eval[float64](p.Tab, `return performance.now()`) - start; took > 1000 {
					t.Logf("%s %s: %.20q takes %.0f ms", view, css, text, took)
				}
				if len(text) > 20_000 && !strings.HasPrefix(refusal, "That is too long: ") {
					t.Errorf("%s %s: 2 MB are pasted, and the page says %q", view, css, refusal)
				}
			}
			p.paste(css, before)
		}
		if p.has("main :is(img, script, [onload], [onclick])") {
			t.Errorf("%s: an element was made of text", view)
		}
	}
	p.at("#formula?f=x+%3D+3%3B+y+%3D+x%5E2")
	p.until(`document.querySelector("#formula-value").textContent === "y = 9"`) // the engine lives
	p.Offline()
}

// The policy lets nothing run that is not the page's own.
func TestPlayPolicy(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	p.Run(`const add = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
		add("script", {textContent: "window.alien = 1"});
		add("script", {src: "https://example.org/x.js"});
		add("img", {src: "https://example.org/x.png"});
		add("iframe", {src: "https://example.org/"});
		document.body.insertAdjacentHTML("beforeend", "<img src=data:, onerror='window.alien = 2'>");
		await fetch("https://example.org/").catch(() => {});
		setTimeout("window.alien = 3")`)
	refused := 0
	for range 3000 {
		for _, message := range p.Console() {
			if strings.Contains(message, "Content Security Policy") {
				refused++
			}
		}
		if refused >= 6 {
			break
		}
		p.Run(`await new Promise(r => setTimeout(r, 100))`)
	}
	if alien := browser.Eval[int](p.Tab, `return window.alien || 0`); alien != 0 {
		t.Errorf("the page has run a script that is not its own: %d", alien)
	}
	p.Console() // the seventh may have come since
	if refused < 6 {
		t.Errorf("the policy has refused %d of 7 things", refused)
	}
}

// Whoever copies a link is told what it has: of a view that trains, the settings, and not what was learned.
func TestPlayLinkSays(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	p.Run(`Object.defineProperty(navigator.clipboard, "writeText", {value: async () => {}})`)
	for view, what := range map[string]string{
		"formula": "The link to this state", "check": "The link to this state",
		"network": "The link to these settings, with which training begins anew,",
		"gpt":     "The link to these settings, with which training begins anew,",
	} {
		p.view(view)
		p.Click("#copy-link")
		p.Run(`await new Promise(r => setTimeout(r, 50))`)
		if got, want := p.says(), what+" is on the clipboard."; got != want {
			t.Errorf("%s: the page says %q, want %q", view, got, want)
		}
	}
}
