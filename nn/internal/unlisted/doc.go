// Package unlisted says where in a model a leaf is that the model should list and does not.
package unlisted
