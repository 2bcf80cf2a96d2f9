// Package pairs has models that know of a text only which token comes after which: a [Table] that
// counts, and a [Network] whose gradient is derived by hand. A token is a whole number from 0.
package pairs
