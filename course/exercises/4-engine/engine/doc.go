// Package engine is what an engine that a learner writes has to offer, and how a finding on it is
// worded.
package engine
