package show

import (
	"github.com/gradus-go/gradus"
	"github.com/gradus-go/gradus/show/internal/draw"
)

// A Fold says how much of a graph a drawing shows.
type Fold int

// The folds, from the finest.
const (
	// FoldNothing draws every node, with its operation.
	FoldNothing = Fold(draw.FoldNothing)
	// FoldNames draws what has a name, and the root. The rest is folded into the formulas by
	// which these are computed, as in z = W1·x + b1.
	FoldNames = Fold(draw.FoldNames)
	// FoldLayers draws a block diagram of what FoldNames draws. Values whose names agree up to
	// their indices, which are numbers in brackets or at the end, are one block, such as w2[#,#]
	// or x#, and so are those with the same word before a dot: layer1.neuron2.w3 is in the
	// block layer1. Where two such blocks would be computed from each other, names have to agree
	// up to their indices, and no block holds values at different depths of the graph.
	FoldLayers = Fold(draw.FoldLayers)
	// FoldAuto is the first of the folds above that leaves at most 60 nodes, or else FoldLayers.
	FoldAuto = Fold(draw.FoldAuto)
)

// DOT returns the graph of root in the language of Graphviz, for its program dot and all
// that read its files. Nodes and edges carry the ids that [SVG] gives them.
//
// A graph of more than 2,000 nodes is folded further than f says.
func DOT(root *gradus.Value, f Fold) string { return draw.DOT(root, draw.Fold(f)) }

// Mermaid returns the graph of root as a Mermaid flowchart. GitHub and others draw it where
// it stands in a Markdown file in a block of the language "mermaid".
//
// A graph of more than 2,000 nodes is folded further than f says.
func Mermaid(root *gradus.Value, f Fold) string { return draw.Mermaid(root, draw.Fold(f)) }

// SVG returns a picture of the graph of root: inputs to the left, the root to the right.
//
// A leaf with a name is a rounded box, a constant a square one, an operation a hexagon, and
// the root has a double line. A node is dashed and says "grad not computed" where Backward
// has not been, so that this is not taken for a gradient of 0. Several values folded into
// one are a stack. The colours are from a palette that colour-blind readers can tell apart,
// and follow the reader's choice of light or dark.
//
// Node and edge i of the graph have the ids n<i> and e<i>, which do not depend on f; an edge
// of a folded graph is named for its ends, as n3-n7.
//
// A graph of more than 2,000 nodes is folded further than f says.
//
// Source of the palette: M. Okabe and K. Ito, Color universal design, 2008.
func SVG(root *gradus.Value, f Fold) []byte { return draw.SVG(root, draw.Fold(f)) }
