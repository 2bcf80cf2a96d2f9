// Package sorting has the lock under which graphs that share nodes are sorted. To sort a graph marks
// its nodes, among them the parameters of a network, which the graphs of several goroutines may share.
package sorting
