//go:build js && wasm

// Wasm is the engine of the playground, as a program for the browser. It offers its functions to the script
// that runs it, as gradus(name, args), and waits to be called.
package main

import (
	"maps"
	"runtime/debug"
	"syscall/js"

	"github.com/gradus-go/gradus/play/internal/call"
	"github.com/gradus-go/gradus/play/internal/claims"
	"github.com/gradus-go/gradus/play/internal/formulas"
	"github.com/gradus-go/gradus/play/internal/gpt"
	"github.com/gradus-go/gradus/play/internal/network"
)

func main() {
	functions := call.Table{}
	for _, view := range []call.Table{formulas.Calls, claims.Calls, network.Calls, gpt.Calls} {
		maps.Copy(functions, view)
	}
	js.Global().Set("gradus", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return functions.Answer(args[0].String(), args[1].String())
	}))
	// An answer leaves much garbage: it takes a sixth less time, and 18 MB for 14. The function above is there
	// first, since this one may let the script run on, which calls it.
	debug.SetGCPercent(200)
	select {}
}
