// Package picturetest reads and writes PNG pictures for the tests of what draws them.
package picturetest
