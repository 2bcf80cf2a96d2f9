// Package sealed writes JSON that ends with a checksum, and reads it again with little memory,
// whatever the file holds. Spaces and line ends between words may change; whatever else is edited
// or missing is noticed.
package sealed
