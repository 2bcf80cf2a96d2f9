// Package lzma packs bytes in the format LZMA. A WebAssembly has a third less than with gzip, and a
// decoder is a page of any language.
//
// bits.go codes single decisions, with few bits if they were foreseen; symbols.go makes decisions of bytes,
// and of lengths and distances of what was there before; finder.go finds that; parser.go chooses the
// cheapest way.
//
// Source: Igor Pavlov, LZMA specification (draft), 2015, in the public domain.
package lzma
