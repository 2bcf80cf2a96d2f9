// Package show shows how the numbers and gradients of a graph come about. It writes and draws
// for people:
//
//   - [Derive] writes out the chain rule as a student would, with symbols, numbers and the
//     result, as text, in LaTeX, or in MathML for a page. [Computation] does so for the formulas
//     themselves.
//   - [Trace] lists what Backward does, one contribution a line, and [Steps] returns the same
//     as data.
//   - [DOT], [Mermaid] and [SVG] draw the graph, with all its nodes or with fewer.
//   - [Page] makes an HTML page that steps through Backward, and compares it with a naive
//     recursion.
//   - [Save] writes any of these into a file, whose ending says which.
//
// A value appears by the name that [gradus.Value.As] gave it. If it has none, it appears as
// the formula by which it is computed. A leaf without a name appears as its number. A constant,
// made by [gradus.Const] or from a number that was an operand, has no gradient to show.
//
// The package changes nothing in a graph, and needs no network and no other program.
package show
