// Package strictjson reads JSON whose form is known in advance, and stops at the first thing that
// has another form. So it needs memory for one word of the text at a time, however long the text
// is.
package strictjson
