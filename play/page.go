package play

import (
	"bytes"
	"context"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/gradus-go/gradus/internal/formula"
	"github.com/gradus-go/gradus/internal/lzma"
	"github.com/gradus-go/gradus/internal/player"
)

// The views, in the order of the page's navigation.
var views = []string{"formula", "check", "network", "gpt"}

//go:embed web
var web embed.FS

// program is the import path of the engine as a program for the browser.
const program = "github.com/gradus-go/gradus/play/wasm"

// inlined are the packages in which training spends its time. In all others the compiler copies no function
// into those that call it: without the copies the packed engine is a tenth smaller, and trains at nine tenths
// of the speed.
var inlined = []string{
	"github.com/gradus-go/gradus/internal/kernel", "github.com/gradus-go/gradus/replay/internal/machine", "math",
}

// Page returns the playground as one HTML file. It compiles the engine to WebAssembly with the command
// go, in a folder of a checkout of Gradus or of a module that requires it; "" is the current folder. The
// file wasm_exec.js, which runs Go in a browser, comes from the Go installation.
//
// It returns an error if the command go is not there or cannot compile the engine.
func Page(ctx context.Context, folder string) ([]byte, error) {
	wasm, err := compile(ctx, folder)
	if err != nil {
		return nil, fmt.Errorf("play: %w", err)
	}
	root, err := golang(ctx, folder, "env", "GOROOT")
	if err != nil {
		return nil, fmt.Errorf("play: %w", err)
	}
	loader := filepath.Join(strings.TrimSpace(string(root)), "lib", "wasm", "wasm_exec.js")
	start, err := os.ReadFile(loader)
	if err != nil {
		return nil, fmt.Errorf("play: want Go 1.24 or later, whose installation has lib/wasm/wasm_exec.js: %w", err)
	}
	return assemble(wasm, string(start))
}

// compile returns the engine as WebAssembly, packed.
func compile(ctx context.Context, folder string) ([]byte, error) {
	temporary, err := os.MkdirTemp("", "gradus-play-")
	if err != nil {
		return nil, fmt.Errorf("a folder for the engine: %w", err)
	}
	defer func() { _ = os.RemoveAll(temporary) }()
	file := filepath.Join(temporary, "engine.wasm")
	_, err = golang(ctx, folder, "list", program)
	if errors.As(err, new(*exec.ExitError)) {
		err = fmt.Errorf("want a folder of a checkout of Gradus, or of a module that requires it: %w", err)
	}
	if err != nil {
		return nil, err
	}
	// The name of a build changes with each script of the page, and with it, by chance, the size of the engine.
	args := []string{
		"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w -buildid=", "-o", file, "-gcflags=all=-l",
	}
	for _, name := range inlined {
		args = append(args, "-gcflags="+name+"=")
	}
	if _, err := golang(ctx, folder, append(args, program)...); err != nil {
		return nil, err
	}
	wasm, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("the compiled engine: %w", err)
	}
	return lzma.Pack(joined(wasm)), nil
}

// golang runs the command go for the browser's kind of machine and returns what it prints.
func golang(ctx context.Context, folder string, args ...string) ([]byte, error) {
	c := exec.CommandContext(ctx, "go", args...)
	c.Dir = folder
	c.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm")
	out, err := c.Output()
	if failed := new(exec.ExitError); errors.As(err, &failed) {
		return nil, fmt.Errorf("go %s: %w: %s", args[0], err, bytes.TrimSpace(failed.Stderr))
	}
	if err != nil {
		return nil, fmt.Errorf("the playground is compiled by the command go: %w", err)
	}
	return out, nil
}

// assemble puts the engine and the files of folder web into one page.
func assemble(wasm []byte, start string) ([]byte, error) {
	var failed error
	read := func(name string) string {
		text, err := web.ReadFile("web/" + name)
		failed = errors.Join(failed, err)
		return string(text)
	}
	style := player.Style + formula.Style() + read("parts.css") + read("shell.css")
	script := player.Script + read("engine.js") + read("shell.js")
	sections := ""
	for _, view := range views {
		style += read(view + ".css")
		script += read(view + ".js")
		section := strings.ReplaceAll(read(view+".html"), "{{stepper}}", player.Fragment())
		sections += fmt.Sprintf("<section id=\"view-%s\" hidden>\n%s</section>\n", view, section)
	}
	script += "begin();\n"
	page := read("shell.html")
	for _, part := range [][2]string{
		{"style-hash", hash(style)},
		{"script-hash", hash(script)},
		{"style", style},
		{"views", sections},
		{"worker", start + read("unpack.js") + read("worker.js")},
		{"engine", dense(wasm)},
		{"script", script},
	} {
		if strings.Contains(part[1], "</script") || strings.Contains(part[1], "<!--") {
			failed = errors.Join(failed, fmt.Errorf("play: the part %s of the page would end its script", part[0]))
		}
		page = strings.Replace(page, "{{"+part[0]+"}}", part[1], 1)
	}
	return []byte(page), failed
}

// dense writes bytes as text of a script element, seven bits a character: base64, with six, would be an
// eighth longer. Four characters would not stay what they are in a page, or could end a script or look like
// the name of a part: in their places are those 256 higher. unpack.js reads it.
func dense(data []byte) string {
	var text strings.Builder
	write := func(seven uint) {
		if seven &= 127; strings.IndexByte("\x00\r<{", byte(seven)) >= 0 {
			seven += 256
		}
		text.WriteRune(rune(seven))
	}
	bits, n := uint(0), 0
	for _, b := range data {
		bits, n = bits<<8|uint(b), n+8
		for ; n >= 7; n -= 7 {
			write(bits >> (n - 7))
		}
	}
	if n > 0 {
		write(bits << (7 - n))
	}
	return text.String()
}

// hash returns the name that a content security policy has for a script or a style sheet. The browser
// runs no other.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
