package checking

// Answers holds answers to an exercise, for tests of its checker.
type Answers struct {
	Shipped      any // as the exercise is handed out, unedited
	Solution     any
	Right, Wrong []Sample
}

// A Sample is an answer that learners give. If it is wrong, the findings must name the factor and
// the slip.
type Sample struct {
	Name   string // what is special about it
	Answer any
	Factor string // what the first wrong finding must have for its factor, if the sample is wrong
	Slip   string // a part of the text of one of its slips
}
