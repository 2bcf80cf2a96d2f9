// Package scan reads a picture of a handwritten digit, of any size and in any two colours, and makes
// an image of it in which the digit is as large, and lies at the same place, as the digits in the
// images with which a network was trained.
package scan
