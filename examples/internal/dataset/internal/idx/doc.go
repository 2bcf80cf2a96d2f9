// Package idx reads the IDX format of the MNIST database. A file consists of a magic number, the sizes
// of the dimensions and the data. The magic number has four bytes: 0, 0, the type of the data and the
// number of dimensions. Each size is a big-endian uint32. In the data the last index varies fastest.
//
// Source: Y. LeCun, C. Cortes, C. J. C. Burges, The MNIST Database of Handwritten Digits,
// http://yann.lecun.com/exdb/mnist/.
package idx
