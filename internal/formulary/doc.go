// Package formulary answers what programs ask about formulas: which value is derived and by which, and the
// numbers and derivatives of all that has a name. The command gradus and the page of package play print the
// same answers.
package formulary
