// Package learn does what the command "gradus learn" does: it prints texts and hints of the course,
// checks answers, and says how far a learner has come.
//
// [Write] writes the course into a folder, and [Open] begins a [Lesson] there, which is what one
// command is about. [Grade] checks the folders of a class.
package learn
