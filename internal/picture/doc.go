// Package picture has what all pictures of this module share: the size of the page, fonts and
// colours, the formats of files, and [Album], a list of pictures that are saved into one folder.
package picture
