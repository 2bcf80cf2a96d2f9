// Package player computes what a page needs to step through the graph of a Value: the steps of Backward and
// of a naive recursion as data, the picture and the tables as HTML, and the script and the style of the
// stepper. A page that is finished and one that computes while its reader types have the same stepper.
package player
