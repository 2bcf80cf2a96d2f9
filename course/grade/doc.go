// Package grade checks the answers of a class: the folders of all learners, each exercise of the
// course.
//
// [Grader] runs code of learners as programs of their own, with a time limit, but with the rights
// of the user: run it where you would run that code.
package grade
