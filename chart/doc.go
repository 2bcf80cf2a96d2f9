// Package chart draws charts: points, lines and bars over two axes, which may be linear,
// logarithmic or labelled with names; in the background a function of two variables; and tables
// of coloured cells. A [Chart] is data, which a test can look at; [Chart.Save] draws it. A [Stack] is
// two charts in one picture.
//
// Series differ not only in colour but also in the shape of their points, the dashes of their
// lines and the hatching of their bars, so that a chart can be read without seeing colours.
package chart
