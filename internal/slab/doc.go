// Package slab lends slices of memory that it reuses.
package slab
