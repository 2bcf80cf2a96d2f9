// Package outputs has the flags with which several example programs are told what to write
// beside their output: -out, a folder for the pictures, and -show, a file for the graph of a
// computation. It also has the line with which they all name a file that they have written.
package outputs
