// Package progress shows that a program is at work, and how far it is, if its output is a terminal.
package progress
