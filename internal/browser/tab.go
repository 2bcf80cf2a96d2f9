package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/gradus-go/gradus/internal/tidy"
)

// patience is how long a test waits for the browser, or for what a page does in the end. It is much longer
// than that takes on a busy machine.
const patience = 5 * time.Minute

// patient is a script that makes a page as patient: a timer of 5 s or more, after which the page gives up a
// call, takes 60 times as long.
const patient = `{
	const timer = setTimeout;
	setTimeout = (f, ms, ...args) => timer(f, ms < 5000 ? ms : 60 * ms, ...args);
}`

// chromium is the one browser of all tests, started by the first that needs it.
var chromium struct {
	sync.Once
	context.Context
	stop func()
	err  error
}

// Main runs the tests of a package, stops the browser after them, and removes what it has left. It is what
// TestMain calls:
//
//	func TestMain(m *testing.M) { os.Exit(browser.Main(m)) }
func Main(m *testing.M) int { return tidy.Main(stopping{m}) }

// stopping runs tests, and stops the browser after them.
type stopping struct{ *testing.M }

func (s stopping) Run() int {
	code := s.M.Run()
	if chromium.stop != nil {
		chromium.stop()
	}
	return code
}

// start starts the browser.
func start() {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(patience),
		chromedp.Flag("disable-component-update", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	chromium.Context, _ = chromedp.NewContext(allocator)
	chromium.stop = func() {
		_ = chromedp.Cancel(chromium.Context)
		stop()
	}
	chromium.err = chromedp.Do(chromium.Context)
}

// A Tab is a tab of the browser. What a page writes to its console fails the test.
type Tab struct {
	t       *testing.T
	ctx     context.Context
	lock    sync.Mutex
	console []string
}

// New opens a tab of a browser that has seen no page yet. It is closed when the test ends. A test that cannot
// go on, because there is no browser or a page does not do what it is asked, fails at once.
func New(t *testing.T) *Tab {
	t.Helper()
	chromium.Do(start)
	if chromium.err != nil {
		t.Fatalf("%v: this test needs chromium: apt-get install chromium", chromium.err)
	}
	tab := &Tab{t: t}
	var done func()
	tab.ctx, done = chromedp.NewContext(chromium.Context, chromedp.WithNewBrowserContext())
	tab.do(chromedp.Listen(tab.ctx, tab.listen))
	t.Cleanup(func() {
		for _, message := range tab.Console() {
			t.Errorf("console: %s", message)
		}
		done()
	})
	_, err := chromedp.Call(tab.ctx, emulation.SetFocusEmulationEnabled,
		emulation.SetFocusEmulationEnabledParams{Enabled: true})
	tab.do(err)
	_, err = chromedp.Call(tab.ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: patient})
	tab.do(err)
	return tab
}

// do ends the test if there was an error.
func (tab *Tab) do(err error) {
	tab.t.Helper()
	if err != nil {
		tab.t.Fatal(err)
	}
}

// listen keeps what the page writes to the console.
func (tab *Tab) listen(event any) {
	var message string
	switch event := event.(type) {
	case *runtime.EventConsoleAPICalled:
		var words []string
		for _, a := range event.Args {
			words = append(words, a.Description+string(a.Value))
		}
		message = string(event.Type) + ": " + strings.Join(words, " ")
	case *runtime.EventExceptionThrown:
		d := event.ExceptionDetails
		message = d.Text
		if d.Exception != nil {
			message += " " + d.Exception.Description
		}
	case *cdplog.EventEntryAdded:
		message = fmt.Sprintf("%s: %s %s", event.Entry.Level, event.Entry.Text, event.Entry.URL)
	default:
		return
	}
	tab.lock.Lock()
	defer tab.lock.Unlock()
	tab.console = append(tab.console, message)
}

// Console returns what the page has written to the console since the last call: its own messages, exceptions
// that nobody caught, and what the browser says, for example about a violated policy. What a test has taken
// does not fail it.
func (tab *Tab) Console() []string {
	tab.lock.Lock()
	defer tab.lock.Unlock()
	messages := tab.console
	tab.console = nil
	return messages
}

// Open opens an address: a file, or what a server of the test has.
func (tab *Tab) Open(url string) {
	tab.t.Helper()
	tab.do(chromedp.Do(tab.ctx, chromedp.Navigate(url)))
}

// Show opens a page from a file.
func (tab *Tab) Show(page []byte) {
	tab.t.Helper()
	file := filepath.Join(tab.t.TempDir(), "page.html")
	tab.do(os.WriteFile(file, page, 0o600))
	tab.Open("file://" + file)
}

// Eval runs the body of an asynchronous JavaScript function on the page, and returns what that returns. A
// function that returns nothing needs a T that can be nil, or [Tab.Run].
func Eval[T any](tab *Tab, body string) T {
	tab.t.Helper()
	result, err := chromedp.Run(tab.ctx,
		chromedp.Evaluate[T]("(async () => {"+body+"\n})()", chromedp.EvalAwaitPromise))
	tab.do(err)
	return result
}

// Run runs the body of an asynchronous JavaScript function on the page.
func (tab *Tab) Run(body string) {
	tab.t.Helper()
	Eval[struct{}](tab, body)
}

// Until waits until an expression is true on the page, and reports whether it is.
func (tab *Tab) Until(expression string) bool {
	tab.t.Helper()
	return Eval[bool](tab, fmt.Sprintf(`const end = performance.now() + %d;
		while (!(%s) && performance.now() < end) await new Promise(r => setTimeout(r, 5));
		return Boolean(%[2]s)`, patience.Milliseconds(), expression))
}

// Offline fails the test if the page asked the network for anything.
func (tab *Tab) Offline() {
	tab.t.Helper()
	asked := Eval[[]string](tab, `return performance.getEntriesByType("resource").map(e => e.name)`)
	if len(asked) > 0 {
		tab.t.Errorf("the page asks the network for %q", asked)
	}
}
