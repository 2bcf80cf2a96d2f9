// Package progress draws a progress bar if the output of a program is a terminal.
package progress
