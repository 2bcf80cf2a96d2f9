// Package claims is the Go side of the Check view, in which a learner writes derivatives beside a
// formula: it says of each line whether it is right, and where it goes wrong. It says what is right only
// to who asks for it.
package claims
