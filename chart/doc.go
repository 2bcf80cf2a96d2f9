// Package chart draws charts into PNG and SVG files: loss curves, the regions of a classifier,
// confusion matrices, histograms. The shortest calls:
//
//	chart.Loss(chart.Named("training", losses), chart.Named("validation", others)).Save("loss.png")
//	chart.Boundary(predictor.Predict, x, classes, names).Save("boundary.svg")
//	chart.Surface(predictor.Predict, x, targets).Save("surface.png")
//	chart.Confusion(matrix, names).Save("confusion.png")
//	chart.Histogram(chart.Named("layer 1", first), chart.Named("layer 2", second)).Save("gradients.png")
//
// Each returns a [Chart], which is data: change its title or the labels of its axes, add a mark or a
// level, look at it in a test. [Chart.Save] draws it, or returns an error that says what is wrong with
// the file or the numbers. What is none of these is composed: points, lines and bars over two axes,
// which may be linear, logarithmic or labelled with names; in the background functions of two
// variables, see package [github.com/gradus-go/gradus/chart/field]; tables of coloured cells; bins. A
// [Stack] is two charts in one picture.
//
// Series differ not only in colour but also in the shape of their points, the dashes of their
// lines and the hatching of their bars, so that a chart can be read without seeing colours. A screen
// reader finds the title, the names and the numbers of a table at the beginning of an SVG file.
//
// Only programs that import this package need gonum/plot: 9 modules, 28 MB as zip files. A program that
// imports package gradus alone downloads one module of 0.6 MB, and gonum/plot is not in its go.sum. Package
// nn is not imported: a model is any function that computes outputs for rows of inputs.
package chart
