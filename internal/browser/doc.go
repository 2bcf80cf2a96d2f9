// Package browser opens pages in headless Chromium, for tests. It is a module of its own, since gradus itself
// needs no browser.
//
// A test has a [Tab], on which it does what a person does, and asks the page for what it shows:
//
//	tab := browser.New(t)
//	tab.Show(page)
//	tab.Click("[data-part=next]")
//	if got := browser.Eval[string](tab, `return document.title`); got != want {
//
// Two variables of the environment have to do with it: GRADUS_AXE is the file axe.min.js of the npm package
// axe-core, which [Tab.Axe] needs, and GRADUS_SHOTS is a folder to which [Tab.Shot] writes.
package browser
