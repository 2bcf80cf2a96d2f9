// Package wrap breaks prose into lines.
package wrap
