package browser

import (
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/heapprofiler"
	"github.com/chromedp/cdproto/performance"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Busy returns how long the page's own thread has worked, in milliseconds of the processor, since the first
// call. What other programs of the machine do meanwhile does not count.
func (tab *Tab) Busy() float64 {
	tab.t.Helper()
	_, err := chromedp.Call(tab.ctx, performance.Enable,
		performance.EnableParams{TimeDomain: performance.EnableTimeDomainThreadTicks})
	tab.do(err)
	got, err := chromedp.Call(tab.ctx, performance.GetMetrics, cdp.Empty{})
	tab.do(err)
	for _, m := range got.Metrics {
		if m.Name == "TaskDuration" {
			return m.Value * 1000
		}
	}
	tab.t.Fatal("the browser does not say how long the page's thread has worked")
	return 0
}

// Heap returns how many bytes of the page's heap are in use after a collection of garbage.
func (tab *Tab) Heap() float64 {
	tab.t.Helper()
	_, err := chromedp.Call(tab.ctx, heapprofiler.CollectGarbage, cdp.Empty{})
	tab.do(err)
	got, err := chromedp.Call(tab.ctx, runtime.GetHeapUsage, cdp.Empty{})
	tab.do(err)
	return got.UsedSize
}

// InWorkers evaluates an expression in each Web Worker of the browser.
func InWorkers[T any](tab *Tab, expression string) (results []T) {
	tab.t.Helper()
	targets, err := chromedp.Targets(tab.ctx)
	tab.do(err)
	for _, info := range targets {
		if info.Type != "worker" {
			continue
		}
		ctx, done := chromedp.NewContext(tab.ctx,
			chromedp.WithTargetID(info.TargetID), chromedp.WithDetachOnCancel())
		result, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
		tab.do(err)
		results = append(results, result)
		done()
	}
	return results
}
