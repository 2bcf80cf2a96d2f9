// Package steps checks the engine of a learner after each of its five steps, against package gradus.
// It names the first operation or value that is wrong, and the slip that computes the same.
package steps
