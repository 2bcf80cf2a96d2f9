package show

import (
	"fmt"

	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/internal/draw"
)

// A Fold says how much of a graph a drawing shows, and what is folded into the rest.
type Fold int

// The folds, from the finest.
const (
	// FoldNothing draws every node, with its operation.
	FoldNothing = Fold(draw.FoldNothing)
	// FoldNames draws the values that have a name, and the root. The others become part of the
	// formulas by which these are computed, as in z = W1·x + b1.
	FoldNames = Fold(draw.FoldNames)
	// FoldLayers draws a block diagram of what FoldNames draws. Values with the same word before
	// a dot in their names are one block: layer1.neuron2.w3 is in the block layer1. So are
	// values whose names have no dot and agree up to their indices, which are numbers in brackets,
	// at the end or after an underscore: w2[1,0] is in the block w2[#,#], x3 in the block x#, and
	// w2_1_0 in the block w2_#_#.
	//
	// If two such blocks would be computed from each other, as in a recurrent network, blocks are
	// smaller: the whole names of the values in a block agree up to their indices, and all lie at
	// the same depth of the graph.
	FoldLayers = Fold(draw.FoldLayers)
	// FoldAuto is the first of the folds above that leaves at most 60 nodes, or FoldLayers if
	// none does.
	FoldAuto = Fold(draw.FoldAuto)
)

// mustDraw panics if the root that a function was called with is nil, or the fold not one of the constants.
func mustDraw(root *gradus.Value, f Fold, function string) {
	mustHave(root, function)
	if f < FoldNothing || f > FoldAuto {
		panic(fmt.Sprintf("show: %s: there is no Fold %d, want FoldNothing, FoldNames, FoldLayers "+
			"or FoldAuto", function, f))
	}
}

// DOT returns the graph of root in the language of Graphviz, for its program dot and other
// programs that read this language. Nodes and edges have the same ids as in [SVG].
//
// If f would leave more than 2,000 nodes, the graph is folded further. If even FoldLayers leaves more,
// the drawing is a sentence that says how to name values so that they can be folded.
//
// It panics if root is nil, or if f is not one of the constants.
func DOT(root *gradus.Value, f Fold) string {
	mustDraw(root, f, "DOT")
	return draw.DOT(root, draw.Fold(f))
}

// Mermaid returns the graph of root as a Mermaid flowchart. GitHub and other sites draw it if it
// stands in a Markdown file, in a code block of the language "mermaid".
//
// If f would leave more than 2,000 nodes, the graph is folded further. If even FoldLayers leaves more,
// the drawing is a sentence that says how to name values so that they can be folded.
//
// It panics if root is nil, or if f is not one of the constants.
func Mermaid(root *gradus.Value, f Fold) string {
	mustDraw(root, f, "Mermaid")
	return draw.Mermaid(root, draw.Fold(f))
}

// SVG returns a picture of the graph of root, with the leaves to the left and the root to the
// right.
//
// An input or a parameter is a rounded box, a constant a box with corners, an operation a hexagon,
// and the root has a double line. A block of several values is drawn as a stack. A node shows
// its name, its operation, its number and its gradient. If the gradient is not computed, which
// is not the same as a gradient of 0, the node is dashed and says so. A constant shows none.
//
// The colours are from a palette that colour-blind readers can tell apart, and follow the
// reader's choice of light or dark.
//
// Node i of the graph, in the order of [gradus.Topo] and from 0, has the id n<i>, whatever f is.
// Edge i has the id e<i>: edges are counted by the node to which they lead, and then by operand.
// An edge of a folded graph has an id made of those of its ends, such as n3-n7.
//
// If f would leave more than 2,000 nodes, the graph is folded further. If even FoldLayers leaves more,
// the drawing is a sentence that says how to name values so that they can be folded.
//
// It panics if root is nil, or if f is not one of the constants.
//
// Source of the palette: M. Okabe and K. Ito, Color universal design, 2008.
func SVG(root *gradus.Value, f Fold) []byte {
	mustDraw(root, f, "SVG")
	return draw.SVG(root, draw.Fold(f))
}
