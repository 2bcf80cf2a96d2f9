// Package doccheck holds what a test can demand of every exported symbol of a package: an
// Example, and a sentence where zero values make no sense.
package doccheck
