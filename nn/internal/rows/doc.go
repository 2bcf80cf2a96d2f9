// Package rows checks data that is given as rows of numbers.
package rows
