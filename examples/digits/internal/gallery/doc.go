// Package gallery draws how a network for images learns, its mistakes and its weights.
package gallery
