package browser_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/gradus-go/gradus/internal/browser"
)

// manyRows is how many rows of text a page lays out in about 60 ms of the processor's time, on a machine with
// little else to do: in less than whoever types notices.
const manyRows = 6000

// layOut lets the page's thread lay out so many rows of text, and returns how long it worked, in ms.
func (p playTab) layOut(rows int) float64 {
	before := p.Busy()
	p.Run(fmt.Sprintf(`const e = document.createElement("div");
		for (let i = 0; i < %d; i++) {
			e.append(Object.assign(document.createElement("p"), {textContent: "row " + i}));
		}
		document.body.append(e);
		e.getBoundingClientRect();
		e.remove()`, rows))
	return p.Busy() - before
}

// Who types never waits: between two keys the page's own thread works less than it would to lay out many
// rows. It is the processor's time that counts, so that other programs on the machine do not matter much.
// What they still take, from caches and from a core that two threads share, differs from turn to turn: of
// each key, and of the rows, the least of three counts. The log says how the page goes on while the engine
// works.
func TestPlayTyping(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	p.Run(`window.long = [];
		new PerformanceObserver(list => long.push(...list.getEntries().map(e => e.duration)))
			.observe({type: "longtask"});
		window.text = document.querySelector("#formula-text").value`)
	const keys = "M = (L - 1)^2 + sigmoid(y*a) + max(z, x)\rN = exp(M)*ln(1 + L^2)\r"
	least, rows := slices.Repeat([]float64{math.Inf(1)}, len(keys)), math.Inf(1)
	for range 3 {
		rows = min(rows, p.layOut(manyRows))
		p.Run(`const e = document.querySelector("#formula-text");
			e.value = text;
			e.dispatchEvent(new Event("input", {bubbles: true}));
			e.focus();
			e.setSelectionRange(e.value.length, e.value.length)`)
		p.until(`!document.querySelector("#formula-value").textContent.startsWith("N = ")`)
		busy := p.Busy()
		for k, key := range keys {
			p.Press(string(key))
			now := p.Busy()
			least[k], busy = min(least[k], now-busy), now
		}
		p.until(`document.querySelector("#formula-value").textContent.startsWith("N = ")`)
	}
	worst := slices.Max(least)
	t.Logf("the most work of the page's thread after a key: %.1f ms; %d rows: %.1f ms; "+
		"long tasks, on the clock: %.0f ms", worst, manyRows, rows, browser.Eval[[]float64](p.Tab, `return long`))
	if worst > rows {
		t.Errorf("after a key the page's thread works %.1f ms, longer than for %d rows: %.1f ms",
			worst, manyRows, rows)
	}
	p.view("gpt")
	p.Click("#view-gpt [data-part=run]")
	longest := browser.Eval[float64](p.Tab, `let longest = 0;
		for (let i = 0, last = performance.now(); i < 100; i++) {
			await new Promise(r => setTimeout(r, 5));
			const now = performance.now();
			[longest, last] = [Math.max(longest, now - last), now];
		}
		return longest`)
	before := p.Busy()
	p.Run(`await new Promise(r => setTimeout(r, 500))`)
	t.Logf("while the GPT trains, the page answers after %.0f ms at most, and its thread works %.0f of 500 ms",
		longest, p.Busy()-before)
}

// Whoever waits for the engine, on a slow machine, reads that it is at work, in each view, until it answers.
func TestPlayBusy(t *testing.T) {
	p := newPlay(t, "")
	p.until(ready["formula"])
	for _, view := range views[1:] {
		p.Run(`clearInterval(window.timer); // of the view before
			const app = views.get("` + view + `").app, engine = app.engine(), {call} = engine;
			engine.call = async (...args) => {
				await new Promise(done => window.answer = done);
				engine.call = call;
				return call(...args);
			}`)
		p.at("#" + view)
		p.until(`document.querySelector("#status").textContent === "The engine is at work …"`)
		p.Run(`window.timer = setInterval(() => window.answer(), 10)`)
		p.until(ready[view])
		p.until(`document.querySelector("#status").textContent === ""`)
	}
}

// Training does not fill the memory: neither that of the page nor that of the engine grows on and on. After
// 1,000 epochs the curve is as long as it gets. What the page's heap has besides comes and goes, by up to
// 0.4 of 1.2 MB, and may stay for a minute: so the least of some readings counts, and it need not be small
// at once, but must become so again, or stay what it is to within a hundredth three times in a row. Of what
// is kept of each epoch, even of a single number, 8,000 epochs from reading to reading have more than that.
func TestPlayMemory(t *testing.T) {
	p := newPlay(t, "")
	p.view("network")
	p.Click("[data-net=run]")
	epochs := 1000
	read := func() (heap, engines float64) {
		heap = math.Inf(1)
		for range 5 {
			p.Run(`await new Promise(r => setTimeout(r, 1000))`)
			p.until(fmt.Sprintf(`parseInt(document.querySelector("[data-net=progress]").textContent.slice(6)) >= %d`,
				epochs))
			epochs += 200
			heap = min(heap, p.Heap())
		}
		for _, bytes := range browser.InWorkers[float64](p.Tab, `go._inst.exports.mem.buffer.byteLength`) {
			engines += bytes
		}
		t.Logf("after 5 s or more, at %s: heap %.2f MB, engines %.1f MB",
			p.text("[data-net=progress]"), heap/1e6, engines/1e6)
		return heap, engines
	}
	heap, engines := read()
	now, enginesNow := read()
	same := 0 // how many times in a row it has not grown
	for k := 0; k < 8 && now > 1.1*heap && same < 3; k++ {
		before := now
		if now, enginesNow = read(); now > 1.01*before {
			same = 0
		} else {
			same++
		}
	}
	if now > 1.1*heap && same < 3 {
		t.Errorf("the page's heap grows from %.0f to %.0f bytes", heap, now)
	}
	if enginesNow > 1.1*engines || engines == 0 {
		t.Errorf("the engines' memory grows from %.0f to %.0f bytes", engines, enginesNow)
	}
}
