package show

import (
	"crypto/sha256"
	_ "embed" // for the files of a page
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"strings"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/player"
)

// The files of a page: what it has beyond the stepper of package player.
var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/page.css
	pageStyle string
	//go:embed page/page.js
	pageScript string
)

// Page returns a web page, one HTML file that needs no network, on which a reader steps through
// the graph of root: first the computation of each node, then the [Steps] of Backward. Each step
// shows the node, the edge, the local derivative, the contribution and the sum to which it is
// added. A reader can also step back.
//
// The page compares Backward with a naive recursion, which does not sort the graph and hands on
// a gradient as soon as it arrives, and marks the first number that the recursion gets wrong.
//
// Names are written as by [Derive]. If a formula would have more than 30 characters, or two values would
// look alike, values get names for this page, as in [Trace].
//
// Of a graph with more than 400 nodes or more than 1,000 operands, the page shows the part that Backward
// comes to first: up to 400 nodes next to the root, and up to 20 operands of each. All results that use a
// node of this part are in it, too, so that its gradients are whole. A box stands for what is left
// out. The table of all numbers goes on with the other leaves and the other values that have a name, up
// to 1,000 rows. A page has at most 1,000,000 bytes, unless names are longer than 30 characters.
//
// Page computes the gradients itself, from zero, and does not change those of the graph. For
// constants it shows none.
//
// It returns an error if root is nil.
func Page(root *gradus.Value) ([]byte, error) {
	if root == nil {
		return nil, errNilRoot
	}
	p := player.New(root)
	data, err := json.Marshal(p)
	if err != nil {
		return nil, fmt.Errorf("show: the page's data: %w", err)
	}
	style, script := player.Style+pageStyle, player.Script+pageScript
	return []byte(strings.NewReplacer(
		"{{root}}", html.EscapeString(p.Root()), "{{stepper}}", p.HTML(),
		"{{style}}", style, "{{style hash}}", hash(style),
		"{{script}}", script, "{{script hash}}", hash(script),
		"{{data}}", string(data), // json.Marshal has escaped <, > and &
	).Replace(pageHTML)), nil
}

// hash returns the name that a content security policy has for a script or a style sheet. The
// browser runs no other.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
