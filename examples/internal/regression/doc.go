// Package regression fits a straight line to points, as the tutorial "Coding Backpropagation and
// Gradient Descent From Scratch" does: by gradient descent and, to compare with, by least squares. It
// also draws the points, the lines and their errors.
package regression
