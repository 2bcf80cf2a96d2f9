// Package field has functions of two variables, given on a grid, for the background of a chart: the regions
// of a classifier, whose borders it finds between the points of the grid, or shades for how large a function
// is. [Sample] evaluates a function, [Explore] a model. Package
// [github.com/gradus-go/gradus/chart] draws a [Field] behind its series.
package field
