package browser

import (
	"os"

	"github.com/chromedp/chromedp"
)

// Axe fails the test for each fault that axe-core finds on the page: WCAG 2.2 AA, as far as a program can
// tell. The message begins with where.
func (tab *Tab) Axe(where string) {
	tab.t.Helper()
	if !Eval[bool](tab, `return "axe" in window`) {
		tab.loadAxe()
	}
	found := Eval[struct {
		Violations []struct {
			ID, Help string
			Nodes    []struct{ FailureSummary, HTML string }
		}
		Passes int
	}](tab, `const {violations, passes} =
			await axe.run({
				runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
				resultTypes: ["violations"], // of the others one element is enough
			});
		return {
			Violations: violations.map(({id, help, nodes}) => ({
				ID: id, Help: help, Nodes: nodes.map(n => ({FailureSummary: n.failureSummary, HTML: n.html})),
			})),
			Passes: passes.length,
		}`)
	for _, v := range found.Violations {
		tab.t.Errorf("%s: %s: %s: %v", where, v.ID, v.Help, v.Nodes)
	}
	if found.Passes < 10 {
		tab.t.Errorf("%s: axe checked %d rules, want more", where, found.Passes)
	}
}

// loadAxe runs the script of axe-core on the page.
func (tab *Tab) loadAxe() {
	tab.t.Helper()
	path := os.Getenv("GRADUS_AXE")
	if path == "" {
		tab.t.Fatal("GRADUS_AXE is not set: npm install --prefix DIR axe-core@4.10.3, " +
			"and set it to DIR/node_modules/axe-core/axe.min.js")
	}
	axe, err := os.ReadFile(path)
	tab.do(err)
	_, err = chromedp.Run(tab.ctx, chromedp.Evaluate[struct{}](string(axe)))
	tab.do(err)
}
