// Package plane makes points of two classes in the plane, to tell apart: two moons, circles, spirals, a
// chessboard of four squares, and two sides of a line. It also reads points from a table.
package plane
