// Package course is a course of exercises in derivatives and backpropagation that say what is wrong
// with an answer: the first wrong factor of the chain rule, the usual slip, and the numbers.
//
// [Chapters] lists the exercises. [Write] writes them into a folder of a learner's own, and a
// [Folder] checks the answers there, keeps the progress, and never loses what the learner has
// written. The command "gradus learn" does all that. The tests in a learner's folder call [Test]
// and [TestText].
//
// README.md says what each chapter teaches, and how to add an exercise.
package course
