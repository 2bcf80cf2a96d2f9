// Package legible copies graphs, and gives names to values whose formulas would be too long to read, or look
// like those of others. It changes no graph.
package legible
