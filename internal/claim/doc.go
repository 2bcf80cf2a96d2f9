// Package claim reads derivatives that were derived by hand from texts, and finds where in the text of a
// wrong one the mistake stands. Package gradcheck says which factor of the chain rule is wrong; here it
// is looked for among the factors that the text has.
package claim
