// Package convolution makes a small convolutional network for images of any size.
package convolution
