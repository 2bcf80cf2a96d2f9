// Package play builds the playground: one HTML file in which the engine, compiled to WebAssembly, reads
// formulas, checks derivations by hand, and trains networks. The file needs no server, no network and no
// installation.
//
// [Page] builds the file, with the Go installation that runs the program. Folder web has the page,
// folder wasm the program for the browser, and the packages in internal what that program computes.
package play
