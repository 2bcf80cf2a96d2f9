// Package golden tests the example programs: it runs them, compares what they print with
// files in testdata, and checks their exit statuses, their errors and their pictures.
//
// A test that is run with the flag -update writes the files in testdata instead of comparing
// them.
package golden
