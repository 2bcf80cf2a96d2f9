// Package show lets the engine show its work: it turns a graph into something that a person
// understands.
//
//   - [Derive] writes out the chain rule as a student would, with symbols, numbers and the
//     result, as text or in LaTeX.
//   - [Trace] prints what Backward does, a contribution a line; [Steps] returns it as data.
//   - [DOT], [Mermaid] and [SVG] draw the graph, folded or not.
//   - [Page] makes an HTML page that steps through Backward, and runs the naive recursion
//     beside it.
//   - [Save] writes any of these into a file, by its ending.
//
// It reads a graph through the exported methods of package gradus, changes nothing in it, and
// needs no network and no other program.
package show
