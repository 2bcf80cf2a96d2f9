package browser

import (
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Keys for [Tab.Press]. Others are characters, or constants of chromedp's package kb.
const (
	Home   = kb.Home
	End    = kb.End
	Left   = kb.ArrowLeft
	Right  = kb.ArrowRight
	Up     = kb.ArrowUp
	Down   = kb.ArrowDown
	TabKey = kb.Tab
	Enter  = kb.Enter
	Escape = kb.Escape
)

// Modifiers for [Tab.Press].
const (
	Alt     = chromedp.ModifierAlt
	Control = chromedp.ModifierCtrl
	Shift   = chromedp.ModifierShift
)

// Press presses and releases a key, or several one after the other, as in "abc", while modifiers are held.
// What has the focus receives them.
func (tab *Tab) Press(keys string, modifiers ...chromedp.Modifier) {
	tab.t.Helper()
	tab.do(chromedp.Do(tab.ctx, chromedp.KeyEvent(keys, chromedp.KeyModifiers(modifiers...))))
}

// Click clicks on the middle of an element, as a person does: it scrolls there, and fails if the element is
// not visible or lies behind another one.
func (tab *Tab) Click(css string) {
	tab.t.Helper()
	quoted, err := json.Marshal(css)
	tab.do(err)
	at := Eval[struct {
		X, Y  float64
		Fault string
	}](tab, `const css = `+string(quoted)+`, e = document.querySelector(css);
		if (!e) return {Fault: "there is no " + css};
		e.scrollIntoView({block: "nearest", inline: "nearest", behavior: "instant"});
		const {left, right, top, bottom} = e.getBoundingClientRect();
		const X = (left + right) / 2, Y = (top + bottom) / 2, there = document.elementFromPoint(X, Y);
		return {X, Y, Fault: e.contains(there) ? "" : css + " lies behind " + there?.outerHTML.slice(0, 80)};`)
	if at.Fault != "" {
		tab.t.Fatalf("click: %s", at.Fault)
	}
	tab.do(chromedp.Do(tab.ctx, chromedp.MouseClickXY(at.X, at.Y)))
}

// Resize emulates a window of that size, and a reader who prefers the colour scheme light or dark, and no
// motion.
func (tab *Tab) Resize(width, height int, scheme string) {
	tab.t.Helper()
	tab.do(chromedp.Do(tab.ctx, chromedp.EmulateViewport(int64(width), int64(height))))
	_, err := chromedp.Call(tab.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"},
		},
	})
	tab.do(err)
	// The page has drawn itself anew after two frames.
	tab.Run(`for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame)`)
}

// Shot writes a picture of the whole page, and how it is printed, for a person to look at, if GRADUS_SHOTS
// names a folder.
func (tab *Tab) Shot(name string) {
	tab.t.Helper()
	folder := os.Getenv("GRADUS_SHOTS")
	if folder == "" {
		return
	}
	beyond := true
	shot, err := chromedp.Call(tab.ctx, page.CaptureScreenshot,
		page.CaptureScreenshotParams{CaptureBeyondViewport: &beyond})
	tab.do(err)
	tab.do(os.WriteFile(filepath.Join(folder, name+".png"), shot.Data, 0o600))
	pdf, err := chromedp.Run(tab.ctx, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize()))
	tab.do(err)
	tab.do(os.WriteFile(filepath.Join(folder, name+".pdf"), pdf, 0o600))
}
