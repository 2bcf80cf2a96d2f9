// Package written has what all views of the playground write in the same way: numbers, notes about places in
// a text, and commands for a shell.
package written
