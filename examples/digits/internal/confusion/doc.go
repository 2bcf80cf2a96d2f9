// Package confusion draws how often a classifier takes samples of one class for those of another.
package confusion
