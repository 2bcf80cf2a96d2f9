// Package glyphs writes small images as text.
package glyphs
