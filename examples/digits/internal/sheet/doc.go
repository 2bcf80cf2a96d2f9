// Package sheet draws small images side by side, each with a caption, for instance the mistakes of
// a network or the weights of its neurons. A [Sheet] is data, which a test can look at; [Sheet.Save]
// draws it.
package sheet
